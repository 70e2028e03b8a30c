package io.sluice.worker.scale;

/// How many at once: a little more while the store keeps up, a good deal less when it does not.
///
/// One decision for each window of puts. Deciding on single puts runs away or gets stuck (measured:
/// gradient and queue estimates of latency went to 99 % errors, or sat at six); a window that is judged
/// as a whole kept full throughput without errors.
final class AimdLimit {

  /// Fewer puts than this say nothing.
  static final int LEAST_SAMPLES = 10;

  private static final double MOST_UNAVAILABLE = 0.02;
  private static final double SLOW = 1.8;
  private static final double FORGETTING = 1.02;

  private final int least;
  private final int most;
  private final double scaleUpUtilisation;
  private final double scaleDownUtilisation;
  private int limit;
  private double bestNanos = Double.MAX_VALUE;

  AimdLimit(int least, int most, double scaleUpUtilisation, double scaleDownUtilisation) {
    this.least = least;
    this.most = most;
    this.scaleUpUtilisation = scaleUpUtilisation;
    this.scaleDownUtilisation = scaleDownUtilisation;
    this.limit = least;
  }

  /// Which way a decision went.
  enum Turn {
    UP,
    STAY,
    /// Fewer, because there was no work for more. Says nothing of the store.
    UNUSED,
    /// Fewer, because the store did not keep up.
    DOWN
  }

  int limit() {
    return limit;
  }

  /// Judges a window.
  ///
  /// @param busy slots with a job in hand
  /// @param mayGrow false while the last turn down is too fresh, or nothing waits
  Turn decide(PutSamples.Window window, int busy, boolean mayGrow) {
    if (window.total() < LEAST_SAMPLES) {
      boolean unused = busy < scaleDownUtilisation * limit;
      return unused && move(limit - 1) == Turn.DOWN ? Turn.UNUSED : Turn.STAY;
    }
    if (window.unavailable() > MOST_UNAVAILABLE * window.total()) {
      return move((int) (limit * 0.7));
    }
    boolean slow = window.meanNanos() > SLOW * bestNanos;
    bestNanos = Math.min(bestNanos * FORGETTING, window.meanNanos());
    if (slow) {
      return move((int) (limit * 0.9));
    }
    if (mayGrow && busy >= scaleUpUtilisation * limit) {
      return move(limit + Math.max(1, limit * 3 / 100));
    }
    return Turn.STAY;
  }

  private Turn move(int wanted) {
    int before = limit;
    limit = Math.clamp(wanted, least, most);
    return limit > before ? Turn.UP : limit < before ? Turn.DOWN : Turn.STAY;
  }
}
