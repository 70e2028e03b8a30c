/// Takes jobs out of the queue and gives each to the one who can do it.
@NullMarked
package io.sluice.worker.slot;

import org.jspecify.annotations.NullMarked;
