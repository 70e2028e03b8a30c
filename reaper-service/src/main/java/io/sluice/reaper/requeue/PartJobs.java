package io.sluice.reaper.requeue;

import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.coordination.window.WindowSize;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.requeue.FoundPart.Taken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Enqueues parts, with a permit of their upload's window where there is one.
///
/// A part is enqueued without a permit too: what it held before may be lost until its lease ends, and a
/// repair that waits for that would be none. Uploads that fit into their window need no permit at all.
@Component
final class PartJobs {

  private final UploadWindow window;
  private final JobSender sender;
  private final WindowSize size;

  PartJobs(UploadWindow window, JobSender sender, WindowSize size) {
    this.window = window;
    this.sender = sender;
    this.size = size;
  }

  /// How many parts of one upload may be on their way at once.
  int permits() {
    return size.permits();
  }

  /// Enqueues all of them.
  ///
  /// @return false if the queue is away
  boolean send(List<Taken> parts) {
    List<PendingJob> jobs = new ArrayList<>(parts.size());
    boolean redisAnswers = true;
    int permits = size.permits();
    for (Taken part : parts) {
      String permit = null;
      if (redisAnswers && part.plan().totalParts() > permits) {
        WindowDecision decision = window.tryAcquire(part.uploadId(), permits, size.lease());
        redisAnswers = !(decision instanceof WindowDecision.Unavailable);
        permit = decision instanceof WindowDecision.Permit(String id) ? id : null;
      }
      jobs.add(job(part, permit));
    }
    return sender.send(jobs);
  }

  private static PendingJob job(Taken part, @Nullable String permit) {
    Lane lane = Lane.ofParts(part.plan());
    return new PendingJob(
        new Job.StorePart(part.uploadId(), part.part(), permit, lane), part.enqueuedAt());
  }
}
