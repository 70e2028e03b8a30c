package io.sluice.queue.slot;

import io.sluice.model.job.Job;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Settles every job and remembers what it was given.
final class RecordingHandler implements JobHandler {

  private final ConcurrentLinkedQueue<DeliveredJob> deliveries = new ConcurrentLinkedQueue<>();
  private final Map<Job, Integer> counts = new ConcurrentHashMap<>();

  @Override
  public List<JobOutcome> handle(List<DeliveredJob> batch) {
    deliveries.addAll(batch);
    batch.forEach(delivered -> counts.merge(delivered.job(), 1, Integer::sum));
    return batch.stream().map(delivered -> JobOutcome.DONE).toList();
  }

  List<DeliveredJob> deliveries() {
    return List.copyOf(deliveries);
  }

  List<Job> jobs() {
    return deliveries.stream().map(DeliveredJob::job).toList();
  }

  int count(Job job) {
    return counts.getOrDefault(job, 0);
  }

  int distinct() {
    return counts.size();
  }
}
