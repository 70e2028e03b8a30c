/// Putting jobs and dead letters into Kafka, at a bounded price when Kafka is away.
@NullMarked
package io.sluice.queue.produce;

import org.jspecify.annotations.NullMarked;
