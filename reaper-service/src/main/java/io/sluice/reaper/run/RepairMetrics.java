package io.sluice.reaper.run;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Counts repairs; every kind shows from the start.
@Component
public final class RepairMetrics {

  private final Map<Repair, Counter> counters;

  RepairMetrics(MeterRegistry meters) {
    counters =
        Arrays.stream(Repair.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    repair ->
                        Counter.builder("reaper.repairs")
                            .description("What the reaper put right")
                            .tag("repair", repair.wire())
                            .register(meters)));
  }

  void add(Repair repair, int count) {
    Counter counter = counters.get(repair);
    if (counter != null) {
      counter.increment(count);
    }
  }
}
