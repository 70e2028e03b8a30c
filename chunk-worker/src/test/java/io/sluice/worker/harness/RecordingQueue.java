package io.sluice.worker.harness;

import io.sluice.model.job.Job;
import io.sluice.queue.produce.DeadLetter;
import io.sluice.queue.produce.DeadLetterTopic;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps what is enqueued for the test to deliver, or to lose.
public final class RecordingQueue implements JobQueue, DeadLetterTopic {

  private final ConcurrentLinkedQueue<PendingJob> jobs = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<DeadLetter> letters = new ConcurrentLinkedQueue<>();

  @Override
  public List<EnqueueResult> enqueueAll(List<PendingJob> pending) {
    jobs.addAll(pending);
    return pending.stream().<EnqueueResult>map(job -> EnqueueResult.ENQUEUED).toList();
  }

  @Override
  public boolean reachable() {
    return true;
  }

  @Override
  public EnqueueResult publish(DeadLetter deadLetter) {
    letters.add(deadLetter);
    return EnqueueResult.ENQUEUED;
  }

  /// Takes everything out.
  public List<Job> takeAll() {
    List<Job> taken = new ArrayList<>();
    for (PendingJob next = jobs.poll(); next != null; next = jobs.poll()) {
      taken.add(next.job());
    }
    return taken;
  }

  public List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  public void clear() {
    jobs.clear();
    letters.clear();
  }
}
