package io.sluice.reaper.requeue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a job counts as lost, and how much is looked at in one go.
///
/// @param lostAfterSeconds a job is lost if it was enqueued this long before the oldest one that still
///     waits, or before now if none waits. Far longer than a produce takes, and short enough that a lost
///     job is back in the queue within half a minute
/// @param settleSeconds a part that waits is left alone for this long after its last chunk came
/// @param batchSize most rows in one statement
/// @param mostBatches most batches of one kind in one run
@ConfigurationProperties("sluice.reaper.requeue")
record RequeueSettings(
    @DefaultValue("20") int lostAfterSeconds,
    @DefaultValue("5") int settleSeconds,
    @DefaultValue("500") int batchSize,
    @DefaultValue("20") int mostBatches) {

  RequeueSettings {
    range("lost-after-seconds", lostAfterSeconds, 1, 3600);
    range("settle-seconds", settleSeconds, 0, 3600);
    range("batch-size", batchSize, 1, 10_000);
    range("most-batches", mostBatches, 1, 10_000);
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "sluice.reaper.requeue." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
