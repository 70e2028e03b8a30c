package io.sluice.queue.slot;

import io.sluice.queue.produce.DeadLetter;

/// Writes down a message that is no job, before it is acknowledged and gone.
public interface UnreadableHandler {

  /// Keeps the letter where people will find it. A throw is taken as [JobOutcome.NotNow].
  void keep(DeadLetter deadLetter);
}
