/// Whether the object store is there, and who waits while it is not.
@NullMarked
package io.sluice.worker.circuit;

import org.jspecify.annotations.NullMarked;
