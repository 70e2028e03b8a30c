package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A program of this machine. A test that needs one is skipped where it is not installed, and says so.
///
/// @param directory where it runs, and what it says is kept
record Program(String name, Path directory) {

  private static final long LIMIT_SECONDS = 120;

  /// Finds a program.
  static Program find(String name, Path directory) {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    assumeTrue(installed, name + " is not installed; install it to run this test");
    return new Program(name, directory);
  }

  /// Runs it to its end.
  ///
  /// @return what it printed
  String run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as("%s %s ends", name, List.of(arguments))
          .isTrue();
      String said = Files.readString(talk());
      assertThat(process.exitValue()).as("%s: %s", List.of(arguments), said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /// Runs it until it has got so far, and interrupts it as a user does.
  void interrupt(BooleanSupplier soFar, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(arguments);
    try {
      long deadline = System.nanoTime() + Duration.ofSeconds(LIMIT_SECONDS).toNanos();
      while (!soFar.getAsBoolean()) {
        assertThat(process.isAlive()).as("%s: %s", name, Files.readString(talk())).isTrue();
        assertThat(System.nanoTime()).as("%s gets so far in time", name).isLessThan(deadline);
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
      process.destroy();
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(talk().toFile())
        .start();
  }

  private Path talk() {
    return directory.resolve(name + ".txt");
  }
}
