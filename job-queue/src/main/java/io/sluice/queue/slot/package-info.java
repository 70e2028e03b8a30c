/// Slots: the threads of a worker that take jobs from the queue and run them.
@NullMarked
package io.sluice.queue.slot;

import org.jspecify.annotations.NullMarked;
