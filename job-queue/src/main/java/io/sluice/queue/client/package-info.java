/// Kafka clients as this module needs them, and the circuit that makes a dead Kafka cheap.
@NullMarked
package io.sluice.queue.client;

import org.jspecify.annotations.NullMarked;
