package io.sluice.coordination.window;

/// Whether one more job of an upload may go into the queue.
public sealed interface WindowDecision {

  /// It may, and carries this permit.
  record Permit(String id) implements WindowDecision {}

  /// It waits for a permit to be handed on.
  record Full() implements WindowDecision {}

  /// Nobody knows, because Redis does not answer: enqueue without a permit.
  record Unavailable() implements WindowDecision {}
}
