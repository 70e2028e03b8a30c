package io.sluice.gateway.upload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Counts what becomes of uploads here; workers count those that they complete.
@Component
final class UploadMetrics {

  private final Counter begun;
  private final Counter aborted;

  UploadMetrics(MeterRegistry meters) {
    this.begun = outcome(meters, "initiated");
    this.aborted = outcome(meters, "aborted");
  }

  private static Counter outcome(MeterRegistry meters, String outcome) {
    return Counter.builder("uploads")
        .description("Uploads by what became of them")
        .tag("outcome", outcome)
        .register(meters);
  }

  void begun() {
    begun.increment();
  }

  void aborted() {
    aborted.increment();
  }
}
