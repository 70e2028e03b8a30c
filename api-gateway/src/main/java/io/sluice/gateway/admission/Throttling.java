package io.sluice.gateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.model.problem.ThrottleReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Refuses, and counts what it refused.
@Component
final class Throttling {

  private final Map<ThrottleReason, Counter> counters = new EnumMap<>(ThrottleReason.class);

  Throttling(MeterRegistry meters) {
    for (ThrottleReason reason : ThrottleReason.values()) {
      counters.put(
          reason,
          Counter.builder("throttled.requests")
              .description("Requests answered 429, by the limit they met")
              .tag("reason", reason.wire())
              .register(meters));
    }
  }

  Admission.Refused refuse(ThrottleReason reason, Duration retryAfter) {
    Counter counter = counters.get(reason);
    if (counter != null) {
      counter.increment();
    }
    return new Admission.Refused(reason, retryAfter);
  }
}
