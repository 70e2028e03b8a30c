package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void itPrintsIntoItsLogAndIsRememberedWhileItRuns() throws Exception {
    ChildCommand command = shell("echo hello; exec sleep 60", LIMIT);
    ChildProcess child = ChildProcess.start(command);
    child.awaitReady(LIMIT, () -> contains(command.logFile(), "hello"));
    assertThat(command.pidFile().running())
        .hasValueSatisfying(running -> assertThat(running.pid()).isEqualTo(child.pid()));

    child.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(directory.resolve("child.pid")).doesNotExist();
  }

  @Test
  void oneThatIgnoresTheRequestIsKilled() throws Exception {
    ChildCommand command =
        shell("trap '' TERM; echo deaf; while true; do sleep 1; done", Duration.ofMillis(300));
    ChildProcess child = ChildProcess.start(command);
    child.awaitReady(LIMIT, () -> contains(command.logFile(), "deaf"));
    child.close();
    assertThat(ProcessIdentity.of(child.pid())).isEmpty();
  }

  @Test
  void oneThatEndsAtOnceIsReportedWithItsLastWords() throws Exception {
    ChildProcess child = ChildProcess.start(shell("echo no disk >&2; exit 3", LIMIT));
    assertThatThrownBy(() -> child.awaitReady(LIMIT, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 3")
        .hasMessageContaining("no disk");
  }

  @Test
  void oneThatIsNotReadyInTimeIsEnded() throws Exception {
    ChildProcess child = ChildProcess.start(shell("echo slow; exec sleep 60", LIMIT));
    assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(500), () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not ready")
        .hasMessageContaining("slow");
    assertThat(ProcessIdentity.of(child.pid())).isEmpty();
  }

  @Test
  void oneThatAnEarlierRunLeftIsEndedByTheNextStart() throws Exception {
    ChildProcess left = ChildProcess.start(shell("exec sleep 60", LIMIT));
    try (ChildProcess next = ChildProcess.start(shell("exec sleep 60", LIMIT))) {
      assertThat(left.isAlive()).isFalse();
      assertThat(next.isAlive()).isTrue();
    }
  }

  /// The number of a process that is long gone belongs to someone else by now.
  @Test
  void aStrangerWithTheRememberedNumberIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("/bin/sleep", "60").start();
    try {
      Files.writeString(directory.resolve("child.pid"), stranger.pid() + "\nlong ago\n");
      ChildProcess.start(shell("exec sleep 60", LIMIT)).close();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private ChildCommand shell(String script, Duration grace) {
    return new ChildCommand(
        "child", directory, List.of("/bin/sh", "-c", script), Map.of(), StopSignal.TERM, grace);
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException notYet) {
      return false;
    }
  }
}
