package io.sluice.queue.client;

import java.util.concurrent.atomic.AtomicReference;

/// Keeps a dead Kafka from costing every request its timeout.
///
/// The first failed produce opens it, and nobody tries until the keeper of the topics has had an answer
/// from the broker. Then one produce at a time is let through on trial; one that succeeds closes it.
public final class ProduceCircuit {

  private enum State {
    CLOSED,
    OPEN,
    TRIAL_DUE,
    ON_TRIAL
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);
  private volatile Runnable whenOpened = () -> {};

  /// Sets what is told each time a produce has failed. Must not block.
  public void whenOpened(Runnable listener) {
    whenOpened = listener;
  }

  /// Whether a produce may be tried now. Who gets a yes must report how it went.
  public boolean tryPass() {
    return state.get() == State.CLOSED || state.compareAndSet(State.TRIAL_DUE, State.ON_TRIAL);
  }

  /// A produce was acknowledged.
  public void succeeded() {
    state.set(State.CLOSED);
  }

  /// A produce failed.
  ///
  /// @return whether it was on trial, which means that the broker answers and produce still fails
  public boolean failed() {
    boolean onTrial = state.getAndSet(State.OPEN) == State.ON_TRIAL;
    whenOpened.run();
    return onTrial;
  }

  /// A produce was given up before its outcome was known.
  public void abandoned() {
    state.compareAndSet(State.ON_TRIAL, State.TRIAL_DUE);
  }

  /// The broker answered and the topics exist: the next produce may be a trial.
  public void brokerAnswered() {
    state.compareAndSet(State.OPEN, State.TRIAL_DUE);
  }

  /// Whether produces go through as far as is known.
  public boolean closed() {
    return state.get() == State.CLOSED;
  }
}
