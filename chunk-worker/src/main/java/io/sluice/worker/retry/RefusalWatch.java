package io.sluice.worker.retry;

import io.sluice.storage.object.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Finds out whether what the store refused was refused for its size, as a proxy with a limit does, and if
/// so, when that is over: a store that takes small bytes and not these keeps its circuit closed.
///
/// Probes with as many bytes as were refused, one at a time, ever more seldom, until one is taken; then the
/// parked jobs come back at once. A first probe that is taken says that it was about that object alone.
@Component
public class RefusalWatch implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalWatch.class);

  /// Larger probes would cost more than the wait.
  private static final long LARGEST_PROBE_BYTES = 8L << 20;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final long NOBODY = -1;

  private final ObjectStore store;
  private final ParkedJobs parked;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// Bytes of the smallest that was refused, or [#NOBODY] while nothing is watched.
  private final AtomicLong watched = new AtomicLong(NOBODY);

  RefusalWatch(ObjectStore store, ParkedJobs parked) {
    this.store = store;
    this.parked = parked;
  }

  /// A part of this size was refused by a store that takes probes.
  public void refused(long sizeBytes) {
    long size = Math.min(sizeBytes, LARGEST_PROBE_BYTES);
    long before = watched.getAndUpdate(now -> now == NOBODY ? size : Math.min(now, size));
    if (before == NOBODY) {
      Thread.ofVirtual().name("refusal-watch").start(this::watch);
    }
  }

  private void watch() {
    try {
      boolean refusedOnce = false;
      for (Duration pause = FIRST_PAUSE; !takes(watched.get()); pause = longer(pause)) {
        refusedOnce = true;
        if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
      }
      if (refusedOnce) {
        parked.releaseOfTheStore();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watched.set(NOBODY);
    }
  }

  private boolean takes(long sizeBytes) {
    try {
      store.probe(sizeBytes);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.atDebug().addKeyValue("size_bytes", sizeBytes).setCause(e).log("probe refused");
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  @Override
  public void destroy() {
    stopped.countDown();
  }
}
