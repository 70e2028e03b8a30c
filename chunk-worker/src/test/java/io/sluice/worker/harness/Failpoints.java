package io.sluice.worker.harness;

import io.sluice.failpoint.Failpoint.FailpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Makes a named place in product code throw: as near to dying there as a test in the same process comes.
public final class Failpoints {

  private static final Path FILE =
      Path.of(
          Objects.requireNonNull(System.getenv("SLUICE_FAILPOINTS_FILE"), "run me by failsafe"));

  private Failpoints() {}

  /// Runs something that comes to a place, breaks there, and does nothing more.
  public static void dyingAt(String place, Runnable doomed) {
    try {
      breakingAt(place, doomed);
    } catch (FailpointException died) {
      return;
    }
    throw new AssertionError("never came to " + place);
  }

  /// Runs something while a place throws.
  public static void breakingAt(String place, Runnable run) {
    write(place + "=throw\n");
    try {
      run.run();
    } finally {
      write("");
    }
  }

  private static void write(String text) {
    try {
      Files.writeString(FILE, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
