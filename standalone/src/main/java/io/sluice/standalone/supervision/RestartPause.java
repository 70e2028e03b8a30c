package io.sluice.standalone.supervision;

import java.time.Duration;

/// How long to wait before a member is started again: it doubles while the member keeps dying young.
final class RestartPause {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration GROWN_UP = Duration.ofSeconds(30);

  private Duration next = FIRST;

  /// @param lived how long the last run lasted
  Duration after(Duration lived) {
    if (lived.compareTo(GROWN_UP) >= 0) {
      next = FIRST;
    }
    Duration pause = next;
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    return pause;
  }
}
