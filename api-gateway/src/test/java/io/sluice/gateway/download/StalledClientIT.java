package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawDownload;
import io.sluice.gateway.testing.StoredFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that do not take their bytes, and files that shrink, where files are files of this machine:
/// sent by the kernel once stored, by us while they are staged.
class StalledClientIT {

  private static final int SIZE_BYTES = 16_000_000;

  private static final GatewayUnderTest GATEWAY =
      GatewayUnderTest.start(Map.of("sluice.server.silence-millis", 1000));

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private static Answer create(boolean stored) throws Exception {
    Answer created =
        GATEWAY
            .as(GatewayUnderTest.ANN)
            .send("POST", "/v1/files?name=a", BodyPublishers.ofByteArray(new byte[SIZE_BYTES]));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    if (stored) {
      StoredFile.store(GATEWAY, created.text("id"));
    }
    return created;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatTakesNothingIsCutOff(boolean stored) throws Exception {
    Answer created = create(stored);
    try (RawDownload download = new RawDownload(GATEWAY.port(), created.header("Location"))) {
      assertThat(download.head()).startsWith("HTTP/1.1 200");
      await().until(download::isCut);
      assertThat(download.takeRest().length).isLessThan(SIZE_BYTES);
    }
  }

  @Test
  void aStoredFileThatIsShorterThanItsRowSaysEndsInACutConnection() throws Exception {
    Answer created = create(true);
    try (Stream<Path> files = Files.walk(GATEWAY.storageRoot())) {
      Path stored =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains(created.text("id")))
              .findFirst()
              .orElseThrow();
      try (FileChannel file = FileChannel.open(stored, StandardOpenOption.WRITE)) {
        file.truncate(SIZE_BYTES / 2);
      }
    }
    try (RawDownload download = new RawDownload(GATEWAY.port(), created.header("Location"))) {
      assertThat(download.takeRest().length).isLessThan(SIZE_BYTES);
    }
  }
}
