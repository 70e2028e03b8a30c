package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Service;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A wall clock that is wrong for one process: a small library in front of the C library's. It needs a C
/// compiler on the machine.
public final class WrongClock {

  private static final String PRELOAD = "LD_PRELOAD";
  private static final String OFFSET = "WRONG_CLOCK_SECONDS";

  private WrongClock() {}

  /// Builds the library, once for each directory; empty where there is no compiler.
  public static Optional<Path> library(Path directory) throws IOException, InterruptedException {
    Path library = directory.resolve("wrongclock.so");
    if (Files.exists(library)) {
      return Optional.of(library);
    }
    Path source = directory.resolve("wrongclock.c");
    try (InputStream resource =
        Objects.requireNonNull(WrongClock.class.getResourceAsStream("wrongclock.c"))) {
      Files.copy(resource, source, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return compiler.waitFor() == 0 ? Optional.of(library) : Optional.empty();
    } catch (IOException noCompiler) {
      return Optional.empty();
    }
  }

  /// Gives a service a wrong clock from its next start on.
  public static void set(Service service, Path library, Duration ahead) {
    service.environment(PRELOAD, library.toString());
    service.environment(OFFSET, Long.toString(ahead.toSeconds()));
  }

  /// Gives it the right one back from its next start on.
  public static void setRight(Service service) {
    service.environment(OFFSET, "0");
  }
}
