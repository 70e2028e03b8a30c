package io.sluice.queue.slot;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Waiting times that double up to a limit, each taken between half and whole at random so that slots
/// which failed together do not try again together.
final class Backoff {

  private final Duration longest;
  private final Duration first;
  private Duration next;

  Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  Duration next() {
    long millis = next.toMillis();
    next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  void reset() {
    next = first;
  }
}
