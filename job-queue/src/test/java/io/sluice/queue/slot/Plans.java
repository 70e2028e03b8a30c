package io.sluice.queue.slot;

import java.time.Duration;

/// Slot plans for tests.
final class Plans {

  private Plans() {}

  static SlotPlan of(int heavySlots, int lightSlots, JobHandler handler) {
    return new SlotPlan(
        heavySlots, lightSlots, 64, Duration.ofSeconds(5), handler, handler, letter -> {});
  }
}
