package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

  @TempDir private Path directory;

  @Test
  void onlyOneHoldsItAndItCanBeTakenAgainAfterwards() throws Exception {
    try (DirectoryLock held = DirectoryLock.take(directory)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining(directory.toString());
    }
    DirectoryLock.take(directory).close();
  }

  @Test
  void anotherNameForTheDirectoryIsTheSameDirectory() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), real);
    try (DirectoryLock held = DirectoryLock.take(real)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.take(alias))
          .isInstanceOf(DirectoryInUseException.class);
    }
  }
}
