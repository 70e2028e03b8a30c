package io.sluice.queue.produce;

/// The topic where people and alerts see what was given up on.
public interface DeadLetterTopic {

  /// Publishes a dead letter and waits until it is replicated, bounded as [JobQueue] is. A letter that
  /// could not be published is not lost: its row in PostgreSQL is the truth.
  EnqueueResult publish(DeadLetter deadLetter);
}
