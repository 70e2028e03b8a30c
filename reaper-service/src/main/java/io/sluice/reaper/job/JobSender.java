package io.sluice.reaper.job;

import io.sluice.failpoint.Failpoint;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Puts jobs into the queue after their rows were marked as enqueued and the mark was committed.
@Component
public final class JobSender {

  private static final Logger LOG = LoggerFactory.getLogger(JobSender.class);

  private final JobQueue queue;

  JobSender(JobQueue queue) {
    this.queue = queue;
  }

  /// Sends all of them.
  ///
  /// @return false if some may not be in the queue: their marks are found as lost later, and whoever
  ///     calls marks no more, since the queue is away
  public boolean send(List<PendingJob> jobs) {
    if (jobs.isEmpty()) {
      return true;
    }
    Failpoint.hit("reaper.jobs-marked");
    List<EnqueueResult> results = queue.enqueueAll(jobs);
    long failed =
        results.stream().filter(result -> result instanceof EnqueueResult.NotEnqueued).count();
    if (failed > 0) {
      LOG.atWarn()
          .addKeyValue("jobs", jobs.size())
          .addKeyValue("failed", failed)
          .log("not enqueued");
    }
    Failpoint.hit("reaper.jobs-sent");
    return failed == 0;
  }
}
