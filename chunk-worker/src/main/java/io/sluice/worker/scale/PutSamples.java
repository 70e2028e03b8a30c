package io.sluice.worker.scale;

import org.springframework.stereotype.Component;

/// What the puts of the present window said about the store.
@Component
public class PutSamples {

  private long answered;
  private long unavailable;
  private long nanos;

  PutSamples() {}

  /// What a window held.
  ///
  /// @param nanos time of all the puts that were answered
  record Window(long answered, long unavailable, long nanos) {

    static final Window EMPTY = new Window(0, 0, 0);

    long total() {
      return answered + unavailable;
    }

    double meanNanos() {
      return answered == 0 ? 0 : (double) nanos / (double) answered;
    }

    Window and(Window next) {
      return new Window(
          answered + next.answered, unavailable + next.unavailable, nanos + next.nanos);
    }
  }

  /// A put was answered after so long.
  public synchronized void answered(long putNanos) {
    answered++;
    nanos += putNanos;
  }

  /// The store did not answer, or asked to slow down.
  public synchronized void unavailable() {
    unavailable++;
  }

  /// Ends the window and begins the next.
  synchronized Window next() {
    Window window = new Window(answered, unavailable, nanos);
    answered = 0;
    unavailable = 0;
    nanos = 0;
    return window;
  }
}
