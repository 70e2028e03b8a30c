/// How much waits in the queue, and since when.
@NullMarked
package io.sluice.queue.backlog;

import org.jspecify.annotations.NullMarked;
