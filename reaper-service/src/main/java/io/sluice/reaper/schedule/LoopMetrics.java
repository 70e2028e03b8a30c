package io.sluice.reaper.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.reaper.run.StepName;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/// What a loop tells: how its runs ended, how long they took, and whether it is led here.
final class LoopMetrics {

  /// How a run ended.
  enum Outcome {
    DONE,
    FAILED,
    /// Another process leads.
    ELSEWHERE
  }

  private final MeterRegistry meters;
  private final StepName loop;
  private final Timer time;

  LoopMetrics(MeterRegistry meters, StepName loop, BooleanSupplier leads) {
    this.meters = meters;
    this.loop = loop;
    this.time =
        Timer.builder("reaper.run")
            .description("Time of one run")
            .tag("loop", loop.wire())
            .register(meters);
    Gauge.builder("reaper.leader", () -> leads.getAsBoolean() ? 1 : 0)
        .description("Whether this process leads the loop")
        .tag("loop", loop.wire())
        .register(meters);
    for (Outcome outcome : Outcome.values()) {
      counter(outcome);
    }
  }

  void ran(Outcome outcome) {
    counter(outcome).increment();
  }

  Timer time() {
    return time;
  }

  private Counter counter(Outcome outcome) {
    return Counter.builder("reaper.runs")
        .description("Runs by how they ended")
        .tag("loop", loop.wire())
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }
}
