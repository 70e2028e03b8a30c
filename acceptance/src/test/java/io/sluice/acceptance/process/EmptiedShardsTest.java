package io.sluice.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptiedShardsTest {

  @TempDir Path directory;

  @Test
  void filesGoAndComeBackWhileThePlaceSaysItIsTheRightOne() throws IOException {
    Path root = directory.resolve("staging");
    Path mark = write(root.resolve(".sluice/place.json"));
    Path staged = write(root.resolve("a/one"));
    Path later = root.resolve("0/later");

    try (EmptiedShards _ = EmptiedShards.of(root)) {
      assertThat(staged).doesNotExist();
      assertThat(staged.getParent()).exists();
      assertThat(mark).exists();
      write(later);
    }

    assertThat(staged).hasContent("bytes");
    assertThat(later).hasContent("bytes");
  }

  @Test
  void itCanBeEmptiedAgain() throws IOException {
    Path root = directory.resolve("staging");
    Path staged = write(root.resolve("a/one"));

    EmptiedShards.of(root).close();
    EmptiedShards.of(root).close();

    assertThat(staged).hasContent("bytes");
  }

  private static Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "bytes");
  }
}
