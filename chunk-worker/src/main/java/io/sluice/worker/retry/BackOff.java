package io.sluice.worker.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Waits that grow exponentially, with full jitter: any length between nothing and the present bound
/// is equally likely, so jobs that failed together do not come back together.
public final class BackOff {

  /// Doubling more often than this passes any bound.
  private static final int MOST_DOUBLINGS = 40;

  private final DoubleSupplier random;

  /// @param random answers numbers in [0, 1)
  public BackOff(DoubleSupplier random) {
    this.random = random;
  }

  /// A wait before one more try.
  ///
  /// @param failures how often it failed before, 1 and up
  public Duration after(int failures, Duration first, Duration longest) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    double bound =
        Math.min((double) first.toNanos() * Math.pow(2, doublings), (double) longest.toNanos());
    return Duration.ofNanos((long) (bound * random.getAsDouble()));
  }
}
