package io.sluice.coordination.inflight;

/// Whether one more request may be in progress.
public sealed interface InflightDecision {

  /// It may, and is counted until [InflightCounters#leave].
  ///
  /// @param token names the entry
  record Entered(InflightToken token) implements InflightDecision {}

  /// It may not, now.
  record Full(Limit limit) implements InflightDecision {}

  /// Which limit has been reached. The upload's is looked at first.
  enum Limit {
    UPLOAD,
    GLOBAL
  }
}
