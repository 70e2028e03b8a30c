/// The queue: how jobs reach workers over Kafka, and what is known about those still waiting.
@NullMarked
package io.sluice.queue;

import org.jspecify.annotations.NullMarked;
