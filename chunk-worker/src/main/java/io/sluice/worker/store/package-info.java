/// Moves the staged chunks of one part into the object store.
@NullMarked
package io.sluice.worker.store;

import org.jspecify.annotations.NullMarked;
