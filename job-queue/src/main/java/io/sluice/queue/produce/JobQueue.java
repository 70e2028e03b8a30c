package io.sluice.queue.produce;

import io.sluice.model.job.Job;
import java.time.Instant;
import java.util.List;

/// Where jobs are put for the workers.
///
/// Call it after the commit that makes the job's row visible, never before: a job without a row does
/// nothing, a row without a job is found by the reaper. A job may be delivered more than once and in any
/// order. No call throws because Kafka is away, and no call takes longer than the produce timeout; while
/// Kafka is known to be away calls return at once.
public interface JobQueue {

  /// Puts one job into its lane and waits until it is replicated.
  ///
  /// @param enqueuedAt the database's time at which the row was marked as enqueued: the reaper compares
  ///     it with that of the oldest job still waiting
  default EnqueueResult enqueue(Job job, Instant enqueuedAt) {
    return enqueueAll(List.of(new PendingJob(job, enqueuedAt))).getFirst();
  }

  /// Puts many jobs into their lanes for little more than the price of one. The answers are in the order
  /// of the jobs; some may be in the queue when others are not.
  List<EnqueueResult> enqueueAll(List<PendingJob> jobs);

  /// Whether the last thing heard of Kafka was good. For gauges and health, not for decisions: enqueue
  /// and look at the answer.
  boolean reachable();
}
