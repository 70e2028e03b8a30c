package io.sluice.gateway.admission;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where requests wait for others in this process to end. Room made by other gateways is not announced,
/// so nobody waits long in one go.
final class Room {

  private final Semaphore made = new Semaphore(0, true);

  /// Waits until a place may be free, at most so long.
  void await(long nanos) throws InterruptedException {
    var _ = made.tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  /// One place became free, so one waits no longer: waking all would make each ask Redis in vain. If
  /// that one gave up just now, the next to come looks a moment too early, which does no harm.
  void make() {
    if (made.hasQueuedThreads()) {
      made.release();
    }
  }
}
