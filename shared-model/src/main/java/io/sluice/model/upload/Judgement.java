package io.sluice.model.upload;

/// The answer of a state table to an event.
///
/// @param <S> the kind of state
public sealed interface Judgement<S> {

  /// The event applies: go to `to`.
  record Move<S>(S to) implements Judgement<S> {}

  /// The event was applied before: acknowledge it and forget it.
  record Done<S>() implements Judgement<S> {}

  /// The event is not legal here.
  record Refuse<S>() implements Judgement<S> {}
}
