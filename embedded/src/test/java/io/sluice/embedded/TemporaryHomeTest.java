package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporaryHomeTest {

  private Path beside;

  @BeforeEach
  void makeOneBeside() throws IOException {
    beside = Files.createTempDirectory("sluice-embedded-");
    Files.createDirectories(beside.resolve("postgres/data"));
  }

  @AfterEach
  void deleteIt() throws IOException {
    DirectoryTree.delete(beside);
  }

  @Test
  void itIsGoneWithAllThatIsInItWhenItIsClosed() throws Exception {
    TemporaryHome home = TemporaryHome.make();
    Files.createDirectories(home.path().resolve("kafka/log"));
    home.close();
    assertThat(home.path()).doesNotExist();
  }

  @Test
  void whatAKilledJvmLeftIsDeletedByTheNext() throws Exception {
    makeOld(beside);
    TemporaryHome.make().close();
    assertThat(beside).doesNotExist();
  }

  @Test
  void oneThatIsInUseIsLeftAlone() throws Exception {
    try (TemporaryHome other = TemporaryHome.make()) {
      makeOld(other.path());
      TemporaryHome.make().close();
      assertThat(other.path()).exists();
    }
  }

  @Test
  void oneThatWasMadeAMomentAgoIsLeftAlone() throws Exception {
    TemporaryHome.make().close();
    assertThat(beside.resolve("postgres/data")).exists();
  }

  private static void makeOld(Path path) throws IOException {
    FileTime made = Files.getLastModifiedTime(path);
    Files.setLastModifiedTime(path, FileTime.from(made.toInstant().minus(Duration.ofHours(1))));
  }
}
