package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EarlyWritebackTest {

  private static final long STEP = EarlyWriteback.STEP_BYTES;

  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void theKernelBeginsOnEachWholeStep() throws IOException {
    Path file = Files.write(directory.resolve("bytes"), new byte[(int) (3 * STEP)]);

    try (EarlyWriteback early = new EarlyWriteback(file)) {
      assertThat(early.written(STEP - 1)).isFalse();
      assertThat(early.written(STEP)).isTrue();
      assertThat(early.written(2 * STEP - 1)).isFalse();
      assertThat(early.written(3 * STEP)).isTrue();
    }
  }

  @Test
  void aFileThatIsGoneIsNoTrouble() {
    try (EarlyWriteback early = new EarlyWriteback(directory.resolve("gone"))) {
      assertThat(early.written(STEP)).isFalse();
      assertThat(early.written(2 * STEP)).isFalse();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noDescriptorIsLeftOpen() throws IOException {
    Path file = Files.write(directory.resolve("bytes"), new byte[(int) STEP]);

    try (EarlyWriteback early = new EarlyWriteback(file)) {
      assertThat(early.written(STEP)).isTrue();
      assertThat(opened(file)).isEqualTo(1);
    }

    assertThat(opened(file)).isZero();
  }

  private static long opened(Path file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(descriptor -> leadsTo(descriptor, file)).count();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
