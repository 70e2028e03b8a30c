package io.sluice.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.process.Listening;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TusServerIT {

  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path directory;

  @Test
  void itListensAndIsCountedUntilItIsClosed() throws IOException {
    int port;
    try (TusServer tus = TusServer.start(directory)) {
      port = tus.base().getPort();

      assertThat(Listening.on(port)).isTrue();
      assertThat(tus.usage().cpuSeconds()).isPositive();
      assertThat(tus.usage().memoryBytes()).isGreaterThan(10 * MEBIBYTE);
    }
    // Its process has ended; the kernel may still be closing what it had open.
    await().untilAsserted(() -> assertThat(Listening.on(port)).isFalse());
  }
}
