package io.sluice.coordination.rate;

/// Requests in the last minute, estimated from two counters: those of the minute that runs, and those of
/// the one before, which counts for as much of it as the last sixty seconds still cover. Never lets a
/// burst through at the turn of a minute, and costs the same for any limit.
///
/// The script of [RedisRateLimit] does the same sum.
final class SlidingMinute {

  static final long MINUTE_MILLIS = 60_000;

  private long minute = Long.MIN_VALUE;
  private long count;
  private long before;

  /// Counts one request if there is room.
  ///
  /// @return 0 if it was counted, else the milliseconds until there is room for one
  synchronized long tryPass(long nowMillis, int limit) {
    long current = Math.floorDiv(nowMillis, MINUTE_MILLIS);
    if (current != minute) {
      before = current == minute + 1 ? count : 0;
      count = 0;
      minute = current;
    }
    long passed = Math.floorMod(nowMillis, MINUTE_MILLIS);
    long weighted = before * (MINUTE_MILLIS - passed);
    if (weighted <= (limit - 1 - count) * MINUTE_MILLIS) {
      count++;
      return 0;
    }
    if (count + 1 <= limit) {
      // The minute before must fade to what is left over.
      long wanted = MINUTE_MILLIS - (limit - 1 - count) * MINUTE_MILLIS / before;
      return Math.max(1, wanted - passed);
    }
    // This minute must pass, and then fade.
    long wanted = MINUTE_MILLIS - (limit - 1L) * MINUTE_MILLIS / count;
    return MINUTE_MILLIS - passed + Math.max(0, wanted);
  }

  /// Whether it would answer as a new one does.
  synchronized boolean idle(long nowMillis) {
    return Math.floorDiv(nowMillis, MINUTE_MILLIS) > minute + 1;
  }
}
