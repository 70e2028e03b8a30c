package io.sluice.gateway.chunk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// What the gateway counts of chunks.
@Component
final class ChunkMetrics {

  private final Counter chunks;
  private final Counter bytes;
  private final Counter failures;
  private final Timer staging;

  ChunkMetrics(MeterRegistry meters) {
    chunks = counter(meters, "chunks.uploaded", "Chunks acknowledged, repeated ones not counted");
    bytes = counter(meters, "bytes.uploaded", "Bytes of acknowledged chunks");
    failures =
        counter(meters, "chunk.upload.failures", "Chunk requests that were let in and failed");
    staging =
        Timer.builder("chunk.stage")
            .description("From the first byte of a chunk to its being durable in staging")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(2))
            .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  void acknowledged(long sizeBytes) {
    chunks.increment();
    bytes.increment((double) sizeBytes);
  }

  void failed() {
    failures.increment();
  }

  void staged(long nanos) {
    staging.record(Duration.ofNanos(nanos));
  }
}
