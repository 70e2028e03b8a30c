package io.sluice.worker.slot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The slots of one worker process, beside those of the heavy lane.
///
/// @param lightSlots batches of small jobs at once
/// @param lightBatch most jobs in a batch
/// @param drainTimeout how long a stop waits for what is in hand
@ConfigurationProperties("sluice.worker")
record SlotSettings(
    @DefaultValue("2") int lightSlots,
    @DefaultValue("100") int lightBatch,
    @DefaultValue("20s") Duration drainTimeout) {

  SlotSettings {
    range("light-slots", lightSlots, 1, 64);
    range("light-batch", lightBatch, 1, 500);
    range("drain-timeout", drainTimeout, Duration.ZERO, Duration.ofMinutes(10));
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.worker." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
