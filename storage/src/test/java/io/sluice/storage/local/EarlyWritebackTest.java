package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.contract.Bodies;
import io.sluice.storage.staging.StageRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
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

  /// Stages two steps in a JVM of its own.
  static final class Stages {
    public static void main(String[] arguments) throws IOException {
      byte[] bytes = new byte[(int) (2 * STEP)];
      new LocalStagingStore(Path.of(arguments[0]), 0)
          .stage(StageRequest.exactly(UUID.randomUUID(), 0, bytes.length, false), Bodies.of(bytes));
    }
  }

  @Test
  void whereNativeCallsAreForbiddenStagingWorks() throws IOException, InterruptedException {
    Process staging =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--illegal-native-access=deny",
                "-cp",
                System.getProperty("java.class.path"),
                Stages.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(staging.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(staging.waitFor()).as(said).isZero();
    try (Stream<Path> staged = Files.walk(directory)) {
      assertThat(staged.filter(Files::isRegularFile))
          .singleElement()
          .satisfies(file -> assertThat(Files.size(file)).isEqualTo(2 * STEP));
    }
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
