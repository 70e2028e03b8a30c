package io.sluice.coordination.rate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rates of callers as this process sees them, for as long as Redis is away.
final class LocalRates {

  /// A bound, not a promise: past it, idle callers are swept out at each new one.
  private static final int MANY = 10_000;

  private final Map<String, SlidingMinute> minutes = new ConcurrentHashMap<>();

  long tryPass(String key, int limitPerMinute) {
    long nowMillis = System.nanoTime() / 1_000_000;
    if (minutes.size() > MANY) {
      minutes.values().removeIf(minute -> minute.idle(nowMillis));
    }
    return minutes
        .computeIfAbsent(key, name -> new SlidingMinute())
        .tryPass(nowMillis, limitPerMinute);
  }

  void clear() {
    minutes.clear();
  }
}
