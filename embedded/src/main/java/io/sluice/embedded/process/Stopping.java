package io.sluice.embedded.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// Ends a process: asks, waits, then insists. On return it is gone.
public final class Stopping {

  private static final Duration FORCED = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Stopping() {}

  /// Asks with the signal and waits for the grace; then kills.
  ///
  /// @throws IOException if the process outlives even that
  public static void stop(ProcessIdentity process, StopSignal signal, Duration grace)
      throws IOException {
    try {
      if (endsAfter(process, signal, grace) || endsAfter(process, StopSignal.KILL, FORCED)) {
        return;
      }
      throw new IOException("process " + process.pid() + " cannot be ended");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while ending process " + process.pid())
              .initCause(interrupted);
    }
  }

  private static boolean endsAfter(ProcessIdentity process, StopSignal signal, Duration limit)
      throws InterruptedException, IOException {
    if (process.isRunning()) {
      signal.send(process.pid());
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (process.isRunning()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_EVERY);
    }
    return true;
  }
}
