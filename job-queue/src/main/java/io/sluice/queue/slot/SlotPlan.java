package io.sluice.queue.slot;

import java.time.Duration;

/// How many slots a worker has, and what they do.
///
/// @param heavySlots jobs of the heavy lane run at once, 0 to 512
/// @param lightSlots batches of the light lane run at once, 0 to 64
/// @param lightBatch most jobs in a light batch, 1 to 500
/// @param drainTimeout how long a stop waits for the jobs in hand before it interrupts them
public record SlotPlan(
    int heavySlots,
    int lightSlots,
    int lightBatch,
    Duration drainTimeout,
    JobHandler heavyHandler,
    JobHandler lightHandler,
    UnreadableHandler unreadableHandler) {

  public SlotPlan {
    check("heavySlots", heavySlots, 0, 512);
    check("lightSlots", lightSlots, 0, 64);
    check("lightBatch", lightBatch, 1, 500);
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("drainTimeout " + drainTimeout);
    }
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
