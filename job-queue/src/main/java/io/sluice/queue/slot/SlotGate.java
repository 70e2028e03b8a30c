package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Which slots may take jobs, and whether the process is stopping.
final class SlotGate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Lane> paused = EnumSet.noneOf(Lane.class);
  private int activeHeavySlots;
  private boolean stopping;

  SlotGate(int activeHeavySlots) {
    this.activeHeavySlots = activeHeavySlots;
  }

  /// Whether this slot may take another job now.
  boolean open(Lane lane, int index) {
    lock.lock();
    try {
      return !stopping
          && !paused.contains(lane)
          && (lane == Lane.LIGHT || index < activeHeavySlots);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the slot may take jobs.
  ///
  /// @return false if the process is stopping instead
  boolean awaitOpen(Lane lane, int index) throws InterruptedException {
    lock.lock();
    try {
      while (!stopping && !open(lane, index)) {
        changed.await();
      }
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a time, or until the process is stopping.
  ///
  /// @return true if it is stopping
  boolean awaitStop(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (!stopping && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  boolean paused(Lane lane) {
    lock.lock();
    try {
      return paused.contains(lane);
    } finally {
      lock.unlock();
    }
  }

  int activeHeavySlots() {
    lock.lock();
    try {
      return activeHeavySlots;
    } finally {
      lock.unlock();
    }
  }

  void pause(Lane lane) {
    change(() -> paused.add(lane));
  }

  void resume(Lane lane) {
    change(() -> paused.remove(lane));
  }

  void activate(int heavySlots) {
    change(() -> activeHeavySlots = heavySlots);
  }

  void stop() {
    change(() -> stopping = true);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
