package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.download.LyingS3.Lie;
import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawDownload;
import io.sluice.gateway.testing.Worker;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A store that fails or lies in the middle of a download: the connection is cut, and never is there a
/// clean end with wrong or missing bytes. So it is with a client that does not take its bytes.
class LyingStoreIT {

  /// Read in one request to the store, and in many at once.
  private static final String SHORT = "8000000";

  private static final String LONG = "40000000";

  /// A file whose bytes are in a store of the test's.
  private static final class Scene implements AutoCloseable {

    final byte[] bytes;
    final LyingS3 store;
    final GatewayUnderTest gateway;
    final String file;

    Scene(int sizeBytes) throws IOException {
      bytes = new byte[sizeBytes];
      new Random(sizeBytes).nextBytes(bytes);
      store = new LyingS3(bytes);
      Map<String, Object> settings = new LinkedHashMap<>(store.settings());
      settings.put("sluice.server.silence-millis", 1000);
      settings.put("sluice.body.patience-seconds", 2);
      settings.put("sluice.body.slowest-bytes-per-second", 10_000_000);
      gateway = GatewayUnderTest.start(settings);
      Answer created =
          gateway
              .as(GatewayUnderTest.ANN)
              .send("POST", "/v1/files?name=a", BodyPublishers.ofByteArray(bytes));
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      UUID id = UUID.fromString(created.text("id"));
      new Worker(gateway).store(id).complete(id);
      file = created.header("Location");
    }

    RawDownload download(String... headers) {
      return new RawDownload(gateway.port(), file, headers);
    }

    double wrongReads() {
      return gateway.bean(MeterRegistry.class).get("download.wrong.bytes").counter().count();
    }

    void everyBufferComesBack() {
      ReadAhead.Buffers buffers = gateway.bean(ReadAhead.Buffers.class);
      await().untilAsserted(() -> assertThat(buffers.free()).isEqualTo(ReadAhead.Buffers.MOST));
    }

    @Override
    public void close() {
      store.close();
      gateway.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    SHORT + ",ENDS_EARLY",
    SHORT + ",FLIPS",
    LONG + ",ENDS_EARLY",
    LONG + ",FLIPS",
    LONG + ",TRUNCATED"
  })
  void aLieInMidStreamCutsTheConnection(int sizeBytes, Lie lie) throws IOException {
    try (Scene scene = new Scene(sizeBytes)) {
      try (RawDownload honest = scene.download()) {
        assertThat(Arrays.equals(honest.takeRest(), scene.bytes)).isTrue();
      }

      scene.store.tell(lie);
      try (RawDownload download = scene.download()) {
        assertThat(download.head()).startsWith("HTTP/1.1 200");
        assertThat(download.announcedBytes()).isEqualTo(sizeBytes);
        byte[] came = download.takeRest();
        assertThat(came.length).isPositive().isLessThan(sizeBytes);
        if (lie != Lie.FLIPS) {
          assertThat(Arrays.equals(came, Arrays.copyOf(scene.bytes, came.length))).isTrue();
        }
      }
      scene.everyBufferComesBack();
    }
  }

  /// The lie is in the last byte but one of the file, which is in the range or in its last chunk.
  @ParameterizedTest
  @CsvSource({
    SHORT + ",bytes=1-",
    SHORT + ",bytes=6000000-6999999",
    SHORT + ",'bytes=6000000-6999999,0-9'",
    LONG + ",bytes=1-",
    LONG + ",bytes=-2000000",
    LONG + ",'bytes=-2000000,0-1'"
  })
  void aFlippedRangeCutsTheConnection(int sizeBytes, String range) throws IOException {
    try (Scene scene = new Scene(sizeBytes)) {
      scene.store.tell(Lie.FLIPS);

      try (RawDownload download = scene.download("Range: " + range)) {
        assertThat(download.head()).startsWith("HTTP/1.1 206");
        assertThat((long) download.takeRest().length).isLessThan(download.announcedBytes());
      }
      scene.everyBufferComesBack();
    }
  }

  @Test
  void aRangeThatIsWrongBeforeItIsSentIsReadOnceMore() throws IOException {
    try (Scene scene = new Scene(Integer.parseInt(SHORT))) {
      for (String range : new String[] {"bytes=6000000-6000009", "bytes=0-1,6000000-6000009"}) {
        Client ann = scene.gateway.as(GatewayUnderTest.ANN);
        byte[] honest = Arrays.copyOfRange(scene.bytes, 6_000_000, 6_000_010);

        scene.store.tell(Lie.FLIPS_ONCE);
        Answer healed = ann.get(scene.file, "Range", range);
        assertThat(healed.status()).isEqualTo(206);
        assertThat(new String(healed.bytes(), StandardCharsets.ISO_8859_1))
            .contains(new String(honest, StandardCharsets.ISO_8859_1));
        assertThat(healed.header("Content-Length"))
            .isEqualTo(Integer.toString(healed.bytes().length));

        scene.store.tell(Lie.FLIPS);
        Answer refused = ann.get(scene.file, "Range", range);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.errorCode()).isEqualTo("storage_unavailable");
        assertThat(refused.response().headers().map()).doesNotContainKey("content-range");
      }
      assertThat(scene.wrongReads()).isEqualTo(2 * 3);
    }
  }

  /// Here the length that the store announces gives the lie away before anything is sent.
  @Test
  void aLieThatIsSeenAtOnceIsAProblem() throws IOException {
    try (Scene scene = new Scene(Integer.parseInt(SHORT))) {
      scene.store.tell(Lie.TRUNCATED);

      Answer refused = scene.gateway.as(GatewayUnderTest.ANN).get(scene.file);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.errorCode()).isEqualTo("storage_unavailable");
    }
  }

  @Test
  void aStoreThatStopsInMidStreamCutsTheConnection() throws IOException {
    for (String range :
        new String[] {"bytes=0-", "bytes=1-", "bytes=0-19999999,20000001-39999999"}) {
      try (Scene scene = new Scene(Integer.parseInt(LONG));
          RawDownload download = scene.download("Range: " + range)) {
        download.take(100_000);
        scene.store.close();
        assertThat((long) download.takeRest().length).isLessThan(download.announcedBytes());
        scene.everyBufferComesBack();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SHORT, LONG})
  void aClientThatTakesNothingIsCutOff(int sizeBytes) throws IOException {
    try (Scene scene = new Scene(sizeBytes);
        RawDownload download = scene.download()) {
      download.take(1000);
      await().until(download::isCut);
      assertThat((long) download.takeRest().length).isLessThan(download.announcedBytes());
      scene.everyBufferComesBack();
    }
  }

  @Test
  void aClientThatTakesItsBytesDropByDropIsCutOff() throws IOException {
    try (Scene scene = new Scene(Integer.parseInt(LONG));
        RawDownload download = scene.download()) {
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !download.take(10_000) || download.isCut());
      scene.everyBufferComesBack();
    }
  }
}
