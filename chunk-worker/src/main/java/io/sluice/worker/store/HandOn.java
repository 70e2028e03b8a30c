package io.sluice.worker.store;

import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.coordination.window.WindowSize;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job.StorePart;
import io.sluice.queue.produce.PendingJob;
import io.sluice.worker.store.WaitingParts.Taken;
import io.sluice.worker.store.WaitingParts.Wish;
import io.sluice.worker.upload.WorkUpload;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Hands the place of a settled part in its upload's window on to the next part that waits.
///
/// Redis only says how many; which part goes next, and that it goes once, is decided in PostgreSQL. With
/// Redis away parts go without a permit. A call-up that is missed is made by the reaper.
@Component
final class HandOn {

  private static final int MOST_LOOKS = 3;

  private final UploadWindow permits;
  private final WindowSize window;
  private final WaitingParts waiting;

  HandOn(UploadWindow permits, WindowSize window, WaitingParts waiting) {
    this.permits = permits;
    this.window = window;
    this.waiting = waiting;
  }

  /// Whether parts of an upload may be waiting behind a job. Nothing waits for a window that is large
  /// enough, but it may have been smaller when the job was given its permit.
  boolean isWindowed(StorePart job, ChunkPlan plan) {
    return job.permitId() != null || window.limits(plan.totalParts());
  }

  /// After a commit that stored a part.
  ///
  /// @param taken the part that the commit called up, if one waited
  Optional<PendingJob> stored(PartWork work, @Nullable Taken taken) {
    return taken == null
        ? giveUpPlace(work.job(), work.plan())
        : carryOn(work.job(), work.plan(), taken);
  }

  /// After a job that ended without storing anything.
  ///
  /// @param ours whether the permit is certainly still this job's: a job that is delivered again may
  ///     have handed it on the first time, and handing it on twice would make the window larger
  Optional<PendingJob> settled(StorePart job, WorkUpload upload, boolean ours) {
    UUID uploadId = upload.id();
    Optional<ChunkPlan> plan = upload.plan();
    if (upload.status().isTerminal() || plan.isEmpty() || !isWindowed(job, plan.get())) {
      release(job);
      return Optional.empty();
    }
    if (!ours) {
      return look(job, plan.get());
    }
    List<Taken> taken =
        waiting.take(List.of(new Wish(uploadId, plan.get(), 1))).getOrDefault(uploadId, List.of());
    return taken.isEmpty()
        ? giveUpPlace(job, plan.get())
        : carryOn(job, plan.get(), taken.getFirst());
  }

  private Optional<PendingJob> carryOn(StorePart done, ChunkPlan plan, Taken next) {
    String permit = done.permitId();
    if (permit != null && permits.extend(done.uploadId(), permit, window.lease())) {
      return Optional.of(job(done, next, permit));
    }
    return switch (permits.tryAcquire(done.uploadId(), window.permits(), window.lease())) {
      case WindowDecision.Permit fresh -> Optional.of(job(done, next, fresh.id()));
      case WindowDecision.Unavailable unavailable -> Optional.of(job(done, next, null));
      case WindowDecision.Full full -> {
        waiting.giveBack(plan, next);
        yield Optional.empty();
      }
    };
  }

  private Optional<PendingJob> giveUpPlace(StorePart job, ChunkPlan plan) {
    release(job);
    // Nothing of an upload within its window ever waits.
    return isWindowed(job, plan) ? look(job, plan) : Optional.empty();
  }

  /// Between "nothing waits" and the release a gateway may have found the window full.
  private Optional<PendingJob> look(StorePart done, ChunkPlan plan) {
    UUID uploadId = done.uploadId();
    for (int looks = 0; looks < MOST_LOOKS && waiting.any(uploadId, plan); looks++) {
      String permit;
      switch (permits.tryAcquire(uploadId, window.permits(), window.lease())) {
        case WindowDecision.Permit fresh -> permit = fresh.id();
        case WindowDecision.Unavailable unavailable -> permit = null;
        case WindowDecision.Full full -> {
          return Optional.empty();
        }
      }
      List<Taken> taken =
          waiting.take(List.of(new Wish(uploadId, plan, 1))).getOrDefault(uploadId, List.of());
      if (!taken.isEmpty()) {
        return Optional.of(job(done, taken.getFirst(), permit));
      }
      if (permit != null) {
        permits.release(uploadId, permit);
      }
    }
    return Optional.empty();
  }

  private void release(StorePart job) {
    String permit = job.permitId();
    if (permit != null) {
      permits.release(job.uploadId(), permit);
    }
  }

  private static PendingJob job(StorePart done, Taken next, @Nullable String permit) {
    return new PendingJob(
        new StorePart(done.uploadId(), next.part(), permit, done.lane()), next.enqueuedAt());
  }
}
