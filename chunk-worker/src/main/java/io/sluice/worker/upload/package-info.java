/// What a worker reads of an upload before it does anything to it.
@NullMarked
package io.sluice.worker.upload;

import org.jspecify.annotations.NullMarked;
