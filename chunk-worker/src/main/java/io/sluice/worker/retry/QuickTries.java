package io.sluice.worker.retry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.circuit.StoreCall;
import io.sluice.worker.circuit.StoreCircuit;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// A few tries in quick succession, while the job is in hand: most failures of a store are over in
/// less time than a job needs to come back.
@Component
public class QuickTries {

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  /// A store that asks for fewer requests gets them further apart.
  private static final int SLOW_DOWN = 4;

  private final StoreCircuit circuit;
  private final RetrySettings settings;
  private final BackOff backOff;
  private final Counter retries;

  QuickTries(StoreCircuit circuit, RetrySettings settings, BackOff backOff, MeterRegistry meters) {
    this.circuit = circuit;
    this.settings = settings;
    this.backOff = backOff;
    this.retries =
        Counter.builder("retries_total")
            .description("Quick tries of the object store inside a job, after the first")
            .register(meters);
  }

  /// Asks the store until it answers, it is away, or the tries are used up.
  public <T> T call(StoreCall<T> call) throws IOException, InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return circuit.call(call);
      } catch (StoreUnavailableException e) {
        if (failures > settings.maxRetries()) {
          throw e;
        }
        Duration first = settings.quickDelay().multipliedBy(e.isThrottled() ? SLOW_DOWN : 1);
        Thread.sleep(backOff.after(failures, first, LONGEST_DELAY));
        retries.increment();
      }
    }
  }
}
