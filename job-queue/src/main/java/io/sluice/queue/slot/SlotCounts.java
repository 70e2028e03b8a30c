package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the slots of a process have to tell.
final class SlotCounts {

  private final Map<Lane, AtomicInteger> busy = new EnumMap<>(Lane.class);
  private final AtomicLong handedBack = new AtomicLong();
  private final AtomicLong failedAcknowledgements = new AtomicLong();

  SlotCounts() {
    for (Lane lane : Lane.values()) {
      busy.put(lane, new AtomicInteger());
    }
  }

  void began(Lane lane) {
    busy(lane).incrementAndGet();
  }

  void ended(Lane lane) {
    busy(lane).decrementAndGet();
  }

  void handedBack() {
    handedBack.incrementAndGet();
  }

  void acknowledgementFailed() {
    failedAcknowledgements.incrementAndGet();
  }

  AtomicInteger busy(Lane lane) {
    AtomicInteger count = busy.get(lane);
    if (count == null) {
      throw new IllegalStateException("lane " + lane);
    }
    return count;
  }

  long handedBackInAll() {
    return handedBack.get();
  }

  long failedAcknowledgementsInAll() {
    return failedAcknowledgements.get();
  }
}
