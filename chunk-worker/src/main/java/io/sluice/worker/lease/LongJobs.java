package io.sluice.worker.lease;

import io.sluice.model.upload.UploadStatus;
import io.sluice.worker.upload.UploadRounds;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Runs jobs that may outlive a record's lock (joining ten thousand parts, reading five terabytes)
/// beside the slots. The record is acknowledged at once; what brings the job back if this process dies
/// is the lease in the upload's row, which the reaper sees run out.
@Component
public class LongJobs implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LongJobs.class);
  private static final Duration NO_PLACE = Duration.ofSeconds(2);

  /// A long job. It writes down how it ended.
  @FunctionalInterface
  public interface LongJob {
    void run() throws InterruptedException;
  }

  private record Held(UUID uploadId, Collection<UploadStatus> statuses, Thread thread) {}

  private final UploadRounds rounds;
  private final LeaseSettings settings;
  private final Semaphore places;
  private final Map<Thread, Held> running = new ConcurrentHashMap<>();
  private volatile boolean open;
  private volatile Thread renewer = Thread.currentThread();

  LongJobs(UploadRounds rounds, LeaseSettings settings) {
    this.rounds = rounds;
    this.settings = settings;
    this.places = new Semaphore(settings.longJobs());
  }

  /// Starts a job if nobody else is at it. Whatever comes of it, its record may be acknowledged.
  ///
  /// @param statuses the states of the upload in which the job makes sense
  public void start(UUID uploadId, Collection<UploadStatus> statuses, LongJob job) {
    if (!open || !places.tryAcquire()) {
      rounds.take(uploadId, statuses, NO_PLACE);
      return;
    }
    boolean started = false;
    try {
      if (rounds.take(uploadId, statuses, settings.lease())) {
        Thread thread =
            Thread.ofVirtual().name("long-job").unstarted(() -> run(uploadId, statuses, job));
        running.put(thread, new Held(uploadId, List.copyOf(statuses), thread));
        thread.start();
        started = true;
      }
    } finally {
      if (!started) {
        places.release();
      }
    }
  }

  /// How many are running.
  public int running() {
    return running.size();
  }

  private void run(UUID uploadId, Collection<UploadStatus> statuses, LongJob job) {
    try {
      job.run();
    } catch (InterruptedException e) {
      giveBack(uploadId, statuses);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("upload_id", uploadId).setCause(e).log("long job broke");
    } finally {
      running.remove(Thread.currentThread());
      places.release();
    }
  }

  private void giveBack(UUID uploadId, Collection<UploadStatus> statuses) {
    try {
      rounds.extend(uploadId, statuses, Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("upload_id", uploadId).log("lease left to run out");
    }
  }

  private void renewUntilStopped() {
    try {
      while (open) {
        Thread.sleep(settings.lease().dividedBy(3));
        running.values().forEach(this::renew);
      }
    } catch (InterruptedException e) {
      LOG.debug("no more leases to renew");
    }
  }

  private void renew(Held held) {
    try {
      rounds.extend(held.uploadId(), held.statuses(), settings.lease());
    } catch (RuntimeException e) {
      // PostgreSQL is away: the job may be begun a second time, which is wasteful and not wrong.
      LOG.atWarn().addKeyValue("upload_id", held.uploadId()).log("lease not renewed");
    }
  }

  @Override
  public void start() {
    open = true;
    renewer = Thread.ofVirtual().name("lease-renewer").start(this::renewUntilStopped);
  }

  /// Waits for what runs; what does not end in time gives its lease back.
  @Override
  public void stop() {
    open = false;
    renewer.interrupt();
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    for (Thread thread : running.keySet()) {
      try {
        if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
          thread.interrupt();
          thread.join(TimeUnit.SECONDS.toMillis(5));
        }
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return open;
  }

  /// After the slots, which bring work, and before everything that the work needs.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 200;
  }
}
