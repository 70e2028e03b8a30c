package io.sluice.queue.slot;

import java.util.List;

/// Runs the jobs of one lane. Called by many slots at once.
public interface JobHandler {

  /// Runs a batch (of one, in the heavy lane) and answers for each job in the order of the batch.
  ///
  /// Retries, back-off and dead letters belong in PostgreSQL: write them there and answer
  /// [JobOutcome.Done]. A throw is taken as [JobOutcome.NotNow] for the whole batch. The thread is
  /// interrupted when the process stops and its patience is over; the jobs then go to another worker.
  List<JobOutcome> handle(List<DeliveredJob> batch) throws InterruptedException;
}
