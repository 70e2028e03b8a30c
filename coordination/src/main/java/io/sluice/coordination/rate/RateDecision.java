package io.sluice.coordination.rate;

import java.time.Duration;

/// Whether a request is within its caller's rate.
public sealed interface RateDecision {

  /// It is, and has been counted.
  record Within() implements RateDecision {}

  /// It is not, and has not been counted.
  ///
  /// @param retryAfter when one more request will be within the rate, if no other is made
  record Exceeded(Duration retryAfter) implements RateDecision {}
}
