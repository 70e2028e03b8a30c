package io.sluice.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointTest {

  @TempDir Path directory;

  /// What the child process runs.
  public static final class Child {
    public static void main(String[] arguments) {
      for (String name : arguments) {
        Failpoint.hit(name);
      }
    }
  }

  @Test
  void itIsDeadOutsideTheFaultTestProfile() throws Exception {
    assertThat(run(null, "here=halt", "here")).isZero();
    assertThat(run("production", "here=halt", "here")).isZero();
  }

  @Test
  void itHaltsTheProcessAtTheNamedPlaceOnly() throws Exception {
    assertThat(run("fault-test", "here=halt", "here")).isEqualTo(137);
    assertThat(run("fault-test", "here=halt", "there")).isZero();
  }

  @Test
  void itActsAtTheNthHitOnly() throws Exception {
    assertThat(run("fault-test", "here=halt@2", "here")).isZero();
    assertThat(run("fault-test", "here=halt@2", "here", "here")).isEqualTo(137);
  }

  @Test
  void itThrows() throws Exception {
    assertThat(run("fault-test", "here=throw", "here")).isEqualTo(1);
  }

  private int run(@Nullable String profile, String line, String... names) throws Exception {
    Path file = Files.writeString(directory.resolve("failpoints"), line + "\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    if (profile != null) {
      command.add("-Dsluice.profile=" + profile);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(List.of(names));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SLUICE_FAILPOINTS_FILE", file.toString());
    Process child = builder.start();
    try {
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return child.exitValue();
    } finally {
      child.destroyForcibly();
    }
  }
}
