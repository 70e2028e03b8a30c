package io.sluice.embedded.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// Ends a process: asks, waits, then insists. It is gone on return, of an exception too, save the one that says so.
public final class Stopping {

  private static final Duration FORCED = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Stopping() {}

  /// Asks with the signal and waits for the grace; then kills. Who interrupts this is in a hurry, and ends the waiting,
  /// not the stopping: nobody would know of the process afterwards.
  ///
  /// @throws IOException if the process outlives even that
  /// @throws InterruptedIOException if it was interrupted, when the process is gone
  public static void stop(ProcessIdentity process, StopSignal signal, Duration grace)
      throws IOException {
    try {
      if (endsAfter(process, signal, grace) || endsAfter(process, StopSignal.KILL, FORCED)) {
        return;
      }
      throw new IOException("process " + process.pid() + " cannot be ended");
    } catch (InterruptedException interrupted) {
      kill(process);
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while ending process " + process.pid())
              .initCause(interrupted);
    }
  }

  private static void kill(ProcessIdentity process) throws IOException {
    try {
      if (!endsAfter(process, StopSignal.KILL, FORCED)) {
        throw new IOException("process " + process.pid() + " cannot be ended");
      }
    } catch (InterruptedException again) {
      kill(process);
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
