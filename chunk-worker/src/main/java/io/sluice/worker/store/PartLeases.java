package io.sluice.worker.store;

import io.sluice.worker.lease.LeaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Keeps parts that take long for the worker that has them in hand.
///
/// The lock of a record is short, so that the jobs of a frozen worker are soon with another, and nothing
/// renews it. What a healthy worker still has in hand after a while gets a lease in its rows instead:
/// whoever gets the record next finds it and drops the job. Is the lease not renewed, the part is due
/// like any retry.
@Component
final class PartLeases implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PartLeases.class);

  private final ChunkRounds rounds;
  private final Duration lease;
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  PartLeases(ChunkRounds rounds, LeaseSettings settings) {
    this.rounds = rounds;
    this.lease = settings.lease();
  }

  /// Parts in hand.
  static final class Hold {
    private final List<PartWork> parts;
    private volatile boolean seenBefore;
    private volatile boolean leased;

    private Hold(List<PartWork> parts) {
      this.parts = parts;
    }
  }

  Hold take(List<PartWork> parts) {
    Hold hold = new Hold(List.copyOf(parts));
    holds.add(hold);
    return hold;
  }

  /// Every part was settled, one way or the other.
  void settled(Hold hold) {
    holds.remove(hold);
  }

  /// Nobody knows: the process stops, say. Whoever gets the records next may begin at once.
  void giveBack(Hold hold) {
    holds.remove(hold);
    if (hold.leased) {
      lease(hold, Duration.ZERO);
    }
  }

  /// Whether another worker has the part in hand, or it is not to be tried again yet.
  boolean isTaken(PartWork work) {
    return work.chunks().stream().anyMatch(row -> row.nextAttemptAt() != null)
        && rounds.isPutOff(work);
  }

  /// Renews leases, and gives one to what was in hand the last time too.
  void renew() {
    for (Hold hold : holds) {
      if (hold.seenBefore) {
        hold.leased = true;
        lease(hold, lease);
      }
      hold.seenBefore = true;
    }
  }

  private void lease(Hold hold, Duration time) {
    try {
      hold.parts.forEach(part -> rounds.lease(part, time));
    } catch (RuntimeException e) {
      // PostgreSQL is away: a part may be stored twice at once, which is wasteful and not wrong.
      LOG.atWarn().addKeyValue("parts", hold.parts.size()).setCause(e).log("lease not written");
    }
  }

  private void renewUntilStopped() {
    try {
      while (!stopped.await(lease.dividedBy(3).toNanos(), TimeUnit.NANOSECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("part-leases").start(this::renewUntilStopped);
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After the slots have let go of everything.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 200;
  }
}
