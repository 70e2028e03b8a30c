package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedJarTest {

  @TempDir private Path directory;

  @Test
  void aJarThatCannotBeUnpackedLeavesNothing() throws IOException {
    Path jar = Files.writeString(directory.resolve("worker.jar"), "no jar at all");
    Path homes = directory.resolve("unpacked");

    assertThatThrownBy(() -> UnpackedJar.of(jar, homes))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot unpack " + jar);

    assertThat(homes).isEmptyDirectory();
  }

  @Test
  void aJarIsUnpackedOnce() throws IOException {
    Path jar = Files.writeString(directory.resolve("worker.jar"), "abc");
    // The CRC32C of "abc".
    Path home = Files.createDirectories(directory.resolve("unpacked/worker-364b3fb7"));

    assertThat(UnpackedJar.of(jar, directory.resolve("unpacked")))
        .isEqualTo(home.resolve("worker.jar"));
  }
}
