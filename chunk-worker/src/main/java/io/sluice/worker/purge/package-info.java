/// Removes every byte of an upload that failed, was aborted, or was deleted.
@NullMarked
package io.sluice.worker.purge;

import org.jspecify.annotations.NullMarked;
