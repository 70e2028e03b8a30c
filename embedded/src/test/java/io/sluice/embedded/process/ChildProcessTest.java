package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final int SESSION = 3;

  @TempDir private Path directory;

  /// A terminal sends Ctrl-C to its whole session; the children are stopped by their parent, in order.
  @Test
  void aChildIsOutOfReachOfItsParentsTerminal() throws IOException {
    assumeThat(ChildProcess.onPath("setsid")).isPresent();
    try (ChildProcess child =
        ChildProcess.start(ChildCommand.of("sleeper", directory, List.of("sleep", "60")))) {
      child.awaitReady(Duration.ofSeconds(10), () -> commandOf(child).contains("sleep"));

      assertThat(sessionOf(child.pid())).isEqualTo(child.pid());
    }
  }

  @Test
  void whatItSaysMayBeKeptElsewhere() throws IOException {
    Path logs = directory.resolve("logs");
    ChildCommand command =
        new ChildCommand(
            "speaker",
            directory.resolve("run"),
            logs,
            List.of("sh", "-c", "echo here; exec sleep 60"),
            Map.of(),
            StopSignal.TERM,
            Duration.ofSeconds(10));

    try (ChildProcess child = ChildProcess.start(command)) {
      child.awaitReady(Duration.ofSeconds(10), () -> content(logs.resolve("speaker.log")) > 0);

      assertThat(logs.resolve("speaker.log")).hasContent("here");
      assertThat(directory.resolve("run").resolve("speaker.pid")).exists();
    }
    assertThat(directory.resolve("run").resolve("speaker.pid")).doesNotExist();
  }

  private static long content(Path file) {
    return file.toFile().length();
  }

  private static String commandOf(ChildProcess child) {
    return ProcessHandle.of(child.pid()).flatMap(handle -> handle.info().command()).orElse("");
  }

  private static long sessionOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[SESSION]);
  }
}
