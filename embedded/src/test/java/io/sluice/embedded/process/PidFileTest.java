package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir private Path directory;
  private PidFile file;

  @BeforeEach
  void name() {
    file = new PidFile(directory.resolve("server.pid"));
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    file.write(self);
    assertThat(file.read()).contains(self);
    assertThat(file.running()).contains(self);
  }

  @Test
  void aProcessThatEndedIsReadButNotRunning() throws Exception {
    ProcessIdentity ended = new ProcessIdentity(ProcessHandle.current().pid(), "another start");
    file.write(ended);
    assertThat(file.read()).contains(ended);
    assertThat(file.running()).isEmpty();
  }

  @Test
  void noFileAndADamagedFileAreNobody() throws Exception {
    assertThat(file.read()).isEmpty();
    Files.writeString(file.path(), "12");
    assertThat(file.read()).isEmpty();
    Files.writeString(file.path(), "a\nb\n");
    assertThat(file.read()).isEmpty();
  }
}
