package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import io.sluice.gateway.testing.TestUpload;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Bodies on their way: announced, cut short, slow, unwanted.
class ChunkConnectionIT {

  private static final GatewayUnderTest GATEWAY =
      GatewayUnderTest.start(
          Map.of(
              "sluice.server.silence-millis", 700,
              "sluice.body.slowest-bytes-per-second", 1_000_000,
              "sluice.body.patience-seconds", 1));

  private final TestUpload upload =
      TestUpload.begin(GATEWAY.as(GatewayUnderTest.ANN), 9_000_000, 8_000_000);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private String head(String path, long length, String... headers) {
    return ("PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nContent-Length: %d\n"
            + String.join("\n", headers)
            + (headers.length > 0 ? "\n" : "")
            + "\n")
        .formatted(path, length);
  }

  private void nothingIsStored() {
    assertThat(GATEWAY.stagedFiles(upload.id().toString())).isEmpty();
    assertThat(upload.status().json().path("staged_chunks").intValue()).isZero();
  }

  @Test
  void whoExpectsIsToldToContinue() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(upload.chunkPath(1), 1_000_000, "Expect: 100-continue"));
      assertThat(raw.response()).startsWith("HTTP/1.1 100");
      assertThat(raw.send(upload.bytes(1)).response()).startsWith("HTTP/1.1 202");
    }
  }

  @Test
  void whoExpectsIsRefusedWithoutBeingToldToContinue() {
    String other = "/v1/uploads/0199aaaa-0000-7000-8000-000000000000/chunks/0";
    for (String head :
        new String[] {
          head(upload.chunkPath(7), 1_000_000, "Expect: 100-continue"),
          head(upload.chunkPath(0), 5, "Expect: 100-continue"),
          head(upload.chunkPath(0), 9_000_000, "Expect: 100-continue"),
          head(upload.chunkPath(1), 1_000_000, "Expect: 100-continue", "X-Chunk-SHA256: x"),
          head(other, 1_000_000, "Expect: 100-continue"),
          head(upload.chunkPath(1), 1_000_000, "Expect: 100-continue").replace("ann-key", "no"),
        }) {
      try (RawExchange raw = new RawExchange(GATEWAY.port())) {
        assertThat(raw.send(head).response())
            .startsWith("HTTP/1.1 4")
            .contains("application/problem+json");
      }
    }
  }

  @Test
  void whoSendsWithoutAskingSeesTheRefusalAndKeepsItsConnection() {
    String nowhere = "/v1/uploads/0199aaaa-0000-7000-8000-000000000000/chunks/0";
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(nowhere, 8_000_000));
      // Read before the body is sent: the answer does not wait for it.
      assertThat(raw.response()).startsWith("HTTP/1.1 404").contains("not_found");
      raw.send(upload.bytes(0));
      raw.send("GET /health HTTP/1.1\nHost: x\n\n");
      assertThat(raw.response()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whoSendsEverythingBeforeReadingSeesTheRefusalToo() {
    TestUpload large = TestUpload.begin(upload.client(), 60_000_000, 50_000_000);
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(large.path() + "/chunks/9", 50_000_000)).send(new byte[50_000_000]);
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("chunk_index_out_of_bounds");
    }
  }

  @Test
  void aBodyCutShortStoresNothing() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(upload.chunkPath(0), 8_000_000));
      raw.send(Arrays.copyOf(upload.bytes(0), 5_000_000));
    }
    await().untilAsserted(this::nothingIsStored);
    assertThat(upload.send(0).status()).isEqualTo(202);
  }

  @Test
  void aBodyThatEndsEarlyStoresNothing() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(upload.chunkPath(0), 8_000_000));
      raw.send(Arrays.copyOf(upload.bytes(0), 5_000_000)).finish();
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("malformed_request");
    }
    nothingIsStored();
  }

  @Test
  void chunkedCodingCutShortStoresNothing() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(
          "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nTransfer-Encoding: chunked\n\n5\nabcde\n"
              .formatted(upload.chunkPath(0)));
      raw.finish();
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("malformed_request");
    }
    nothingIsStored();
  }

  @Test
  void chunkedCodingThatIsNoneIsRefused() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(
          "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nTransfer-Encoding: chunked\n\nzz\n\n"
              .formatted(upload.chunkPath(0)));
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("malformed_request");
    }
    nothingIsStored();
  }

  @Test
  void aBodyThatFallsSilentIsGivenUp() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(upload.chunkPath(0), 8_000_000));
      raw.send(new byte[1000]);
      assertThat(raw.response()).startsWith("HTTP/1.1 408").contains("request_timeout");
    }
    nothingIsStored();
  }

  @Test
  void aBodyThatTricklesIsGivenUp() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(upload.chunkPath(0), 8_000_000));
      Thread trickle = raw.trickle();
      assertThat(raw.response()).startsWith("HTTP/1.1 408").contains("request_timeout");
      trickle.interrupt();
    }
    nothingIsStored();
  }
}
