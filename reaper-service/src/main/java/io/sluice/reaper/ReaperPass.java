package io.sluice.reaper;

import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything the reaper does, once, now, by whoever asks.
///
/// Does not ask who leads the loops: it may run beside them, since every step guards itself. One pass at
/// a time in a process; a second one waits and then finds little to do.
public final class ReaperPass {

  private static final Logger LOG = LoggerFactory.getLogger(ReaperPass.class);

  /// After this long no further batch is begun: somebody waits for the answer.
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final List<Step> steps;
  private final RepairMetrics metrics;
  private final Lock one = new ReentrantLock();

  ReaperPass(List<Step> steps, RepairMetrics metrics) {
    this.steps = steps.stream().sorted(Comparator.comparing(Step::name)).toList();
    this.metrics = metrics;
  }

  /// What a pass put right.
  ///
  /// @param expiredUploads uploads aborted because their time was over
  /// @param deletedIdempotencyKeys keys whose life was over
  /// @param purgedUploads ended uploads whose purge was handed to the workers, expired ones included
  /// @param requeuedJobs other jobs enqueued: lost, due again, or never made
  public record Result(
      int expiredUploads, int deletedIdempotencyKeys, int purgedUploads, int requeuedJobs) {}

  /// Runs every step until it finds nothing more or the time is over.
  ///
  /// @param requestedBy who asked, for the log
  /// @throws org.springframework.dao.DataAccessException PostgreSQL did not answer
  public Result run(String requestedBy) {
    one.lock();
    try {
      long began = System.nanoTime();
      Run run = new Run(() -> System.nanoTime() - began < LONGEST.toNanos(), metrics);
      for (Step step : steps) {
        run(step, run);
      }
      LOG.atInfo()
          .addKeyValue("requested_by", requestedBy)
          .addKeyValue("repairs", run.counts())
          .log("reaper pass");
      return result(run);
    } finally {
      one.unlock();
    }
  }

  private static void run(Step step, Run run) {
    try {
      step.run(run);
    } catch (IOException e) {
      // A store that is away keeps the pass from sweeping, not from the rest.
      LOG.atWarn().addKeyValue("step", step.name().wire()).setCause(e).log("step failed");
    }
  }

  private static Result result(Run run) {
    int requeued =
        run.count(Repair.LOST_PART)
            + run.count(Repair.DUE_PART)
            + run.count(Repair.WAITING_PART)
            + run.count(Repair.FINALIZE);
    return new Result(
        run.count(Repair.EXPIRED_UPLOAD),
        run.count(Repair.IDEMPOTENCY_KEY),
        run.count(Repair.PURGE),
        requeued);
  }

  /// The steps, in order.
  List<StepName> steps() {
    return steps.stream().map(Step::name).toList();
  }
}
