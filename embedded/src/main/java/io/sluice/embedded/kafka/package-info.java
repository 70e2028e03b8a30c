/// A Kafka broker and controller of one node, in this JVM or as a process of its own.
@NullMarked
package io.sluice.embedded.kafka;

import org.jspecify.annotations.NullMarked;
