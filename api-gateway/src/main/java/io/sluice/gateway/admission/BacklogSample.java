package io.sluice.gateway.admission;

import io.sluice.gateway.enqueue.PartQueue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The backlog as it was a moment ago.
///
/// While chunks come it is looked at again every [#REFRESH], beside the requests; nobody waits for that
/// unless the last look was so long ago that it says nothing. While none come nobody looks.
@Component
final class BacklogSample {

  private static final Logger LOG = LoggerFactory.getLogger(BacklogSample.class);

  static final Duration REFRESH = Duration.ofMillis(250);
  static final Duration STALE = Duration.ofSeconds(1);

  private record Seen(Backlog backlog, Map<UUID, Integer> stored, long nanos) {}

  private final BacklogRows rows;
  private final AdmissionSettings settings;
  private final IntSupplier permits;
  private final LongSupplier nanoTime;
  private final Map<UUID, Long> asking = new ConcurrentHashMap<>();
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private final Lock looking = new ReentrantLock();
  private volatile Seen seen;

  @Autowired
  BacklogSample(BacklogRows rows, AdmissionSettings settings, PartQueue parts) {
    this(rows, settings, parts::permits, System::nanoTime);
  }

  BacklogSample(
      BacklogRows rows, AdmissionSettings settings, IntSupplier permits, LongSupplier nanoTime) {
    this.rows = rows;
    this.settings = settings;
    this.permits = permits;
    this.nanoTime = nanoTime;
    this.seen = new Seen(Backlog.NONE, Map.of(), nanoTime.getAsLong() - 2 * STALE.toNanos());
  }

  /// The backlog, for somebody who wants to add to it.
  ///
  /// @throws DataAccessException it had to be looked at, and the database is away
  Backlog forChunkOf(UUID uploadId) {
    long now = nanoTime.getAsLong();
    asking.put(uploadId, now);
    long age = now - seen.nanos();
    if (age > STALE.toNanos()) {
      lookUnlessFresh();
    } else if (age > REFRESH.toNanos() && refreshing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("backlog-sample").start(this::refresh);
    }
    return seen.backlog();
  }

  private void refresh() {
    try {
      lookUnlessFresh();
    } catch (DataAccessException e) {
      LOG.atDebug().setCause(e).log("the backlog could not be looked at");
    } finally {
      refreshing.set(false);
    }
  }

  private void lookUnlessFresh() {
    looking.lock();
    try {
      if (nanoTime.getAsLong() - seen.nanos() > REFRESH.toNanos()) {
        seen = look(seen);
      }
    } finally {
      looking.unlock();
    }
  }

  private Seen look(Seen before) {
    long now = nanoTime.getAsLong();
    asking.values().removeIf(last -> now - last > 2 * STALE.toNanos());
    int bound = settings.taskQueueMaxsize() + permits.getAsInt() + 1;
    Map<UUID, Integer> enqueued = rows.enqueued(bound);
    int total = enqueued.values().stream().mapToInt(Integer::intValue).sum();
    Map<UUID, Integer> own =
        Backlog.mustShare(total, settings.taskQueueMaxsize())
            ? sum(enqueued, rows.waiting(asking.keySet(), bound))
            : Map.of();
    Map<UUID, Integer> stored = rows.stored(enqueued.keySet());
    double drain = drainPerSecond(before, stored, now);
    return new Seen(new Backlog(total, own, enqueued.size(), drain), stored, now);
  }

  private static Map<UUID, Integer> sum(Map<UUID, Integer> one, Map<UUID, Integer> other) {
    Map<UUID, Integer> sum = new HashMap<>(one);
    other.forEach((id, count) -> sum.merge(id, count, Integer::sum));
    return sum;
  }

  /// From what was stored, since the last look, of the uploads that were seen both times; smoothed, as
  /// batches come in bursts.
  private static double drainPerSecond(Seen before, Map<UUID, Integer> stored, long now) {
    double seconds = (now - before.nanos()) / 1e9;
    if (before.stored().isEmpty() || seconds <= 0 || seconds > 5) {
      return before.backlog().drainPerSecond();
    }
    int more =
        stored.entrySet().stream()
            .mapToInt(entry ->
                Math.max(
                    0,
                    entry.getValue()
                        - before.stored().getOrDefault(entry.getKey(), entry.getValue())))
            .sum();
    double known = before.backlog().drainPerSecond();
    double rate = more / seconds;
    return known == 0 ? rate : 0.7 * known + 0.3 * rate;
  }
}
