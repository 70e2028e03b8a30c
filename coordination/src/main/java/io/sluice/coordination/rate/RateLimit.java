package io.sluice.coordination.rate;

/// Requests a minute for each caller, over all gateways; for each gateway by itself while Redis is away.
public interface RateLimit {

  /// Counts one request if it is within the rate, in one round trip.
  ///
  /// @param key names the caller; an id, never a secret
  /// @param limitPerMinute 1 and up; "no limit" is the caller's not to ask
  RateDecision tryPass(String key, int limitPerMinute);
}
