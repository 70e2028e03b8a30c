package io.sluice.queue.produce;

/// Whether a message is in Kafka.
public sealed interface EnqueueResult {

  /// Every in-sync replica has it.
  record Enqueued() implements EnqueueResult {}

  /// It may not be there (or may be, when only the answer was lost). The row in PostgreSQL is found by
  /// the reaper, so nobody needs to try again now.
  ///
  /// @param cause for logs; never shown to clients
  record NotEnqueued(String cause) implements EnqueueResult {}

  /// The one answer for all that went well.
  EnqueueResult ENQUEUED = new Enqueued();
}
