package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [JobSlots] on Kafka share groups: one platform thread and one share consumer for each slot. (Share
/// consumers on virtual threads have been seen to live-lock.)
final class KafkaJobSlots implements JobSlots {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJobSlots.class);

  /// For closing consumers, after the jobs are done or interrupted.
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final List<Slot> slots;
  private final SlotGate gate;
  private final SlotCounts counts;
  private final int heavySlots;
  private final Duration drainTimeout;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  KafkaJobSlots(List<Slot> slots, SlotGate gate, SlotCounts counts, SlotPlan plan) {
    this.slots = List.copyOf(slots);
    this.gate = gate;
    this.counts = counts;
    this.heavySlots = plan.heavySlots();
    this.drainTimeout = plan.drainTimeout();
  }

  @Override
  public void start() {
    if (running || gate.stopping()) {
      return;
    }
    running = true;
    for (Slot slot : slots) {
      threads.add(Thread.ofPlatform().name(slot.name()).start(slot));
    }
  }

  @Override
  public void stop() {
    if (!running) {
      return;
    }
    long start = System.nanoTime();
    gate.stop();
    slots.forEach(Slot::lookAtGate);
    if (!join(drainTimeout)) {
      LOG.warn("jobs are still in hand after {}, giving them back", drainTimeout);
      threads.forEach(Thread::interrupt);
      join(CLOSING);
    }
    threads.clear();
    running = false;
    LOG.info("slots stopped in {} ms", (System.nanoTime() - start) / 1_000_000);
  }

  /// Last to start and first to stop: a job in hand needs everything else.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 100;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void pause(Lane lane) {
    gate.pause(lane);
    slots.forEach(Slot::lookAtGate);
  }

  @Override
  public void resume(Lane lane) {
    gate.resume(lane);
  }

  @Override
  public boolean paused(Lane lane) {
    return gate.paused(lane);
  }

  @Override
  public void setActiveHeavySlots(int count) {
    gate.activate(Math.clamp(count, 0, heavySlots));
    slots.forEach(Slot::lookAtGate);
  }

  @Override
  public int activeHeavySlots() {
    return gate.activeHeavySlots();
  }

  @Override
  public int busySlots(Lane lane) {
    return counts.busy(lane).get();
  }

  @Override
  public long handedBack() {
    return counts.handedBackInAll();
  }

  @Override
  public long failedAcknowledgements() {
    return counts.failedAcknowledgementsInAll();
  }

  private boolean join(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
