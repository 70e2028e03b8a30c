package io.sluice.bench.figure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits for a server between measurements.
final class Patience {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MILLIS = 50;

  private Patience() {}

  /// What is waited for.
  interface Condition {
    boolean holds() throws IOException;
  }

  static void until(String what, Condition condition) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!condition.holds()) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("waited in vain for " + what);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
