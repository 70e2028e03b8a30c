package io.sluice.gateway.enqueue;

import org.jspecify.annotations.Nullable;

/// Whether a part may go into the queue now.
public sealed interface Ticket {

  /// It may.
  ///
  /// @param permitId what the job carries, or null: the upload fits into its window, or nobody can say
  record Go(@Nullable String permitId) implements Ticket {}

  /// It waits, STAGED, until a stored part of its upload calls it up.
  record Wait() implements Ticket {}
}
