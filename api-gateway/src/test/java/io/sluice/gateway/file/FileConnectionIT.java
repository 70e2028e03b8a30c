package io.sluice.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files on their way: announced, cut short, slow, unwanted.
class FileConnectionIT {

  private static final int MOST_BYTES = 3_000_000;

  private static final GatewayUnderTest GATEWAY =
      GatewayUnderTest.start(
          Map.of(
              "sluice.upload.max-file-size-bytes", MOST_BYTES,
              "sluice.file.batch-max-bytes", MOST_BYTES,
              "sluice.server.silence-millis", 700,
              "sluice.body.slowest-bytes-per-second", 1_000_000,
              "sluice.body.patience-seconds", 1));

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  /// Long files leave an aborted row, for the bytes that were acknowledged to nobody.
  @AfterEach
  void nothingIsKept() {
    await()
        .untilAsserted(() -> {
          assertThat(GATEWAY.stagedFiles("")).isEmpty();
          assertThat(
                  GATEWAY
                      .database()
                      .sql("select count(*) from uploads where listed_at is not null")
                      .query(Integer.class)
                      .single())
              .isZero();
        });
  }

  private static String head(String request, long length, String... headers) {
    return request
        + "\nHost: x\nX-API-Key: ann-key\nContent-Length: "
        + length
        + "\n"
        + String.join("", java.util.Arrays.stream(headers).map(h -> h + "\n").toList())
        + "\n";
  }

  private static final String RAW = "POST /v1/files?name=a HTTP/1.1";
  private static final String FORM = "POST /v1/files HTTP/1.1\nContent-Type: " + Form.TYPE;
  private static final String BATCH = "POST /v1/files/batch HTTP/1.1\nContent-Type: " + Form.TYPE;

  @ParameterizedTest
  @ValueSource(strings = {RAW, FORM, BATCH})
  void whatIsTooLargeIsRefusedBeforeItIsSent(String request) {
    long tooMuch = MOST_BYTES + FileForm.MOST_OVERHEAD_BYTES + 1;
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(request, tooMuch, "Expect: 100-continue"));
      assertThat(raw.response()).startsWith("HTTP/1.1 413").contains("payload_too_large");
    }
    // Who does not ask is told all the same before the first byte is sent.
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      assertThat(raw.send(head(request, 1L << 40)).response())
          .startsWith("HTTP/1.1 413")
          .contains("payload_too_large");
    }
  }

  @Test
  void oneByteTooMuchIsTooMuch() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(RAW, MOST_BYTES + 1, "Expect: 100-continue"));
      assertThat(raw.response()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whatTurnsOutTooLargeIsRefusedWhileItComes() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(RAW + "\nHost: x\nX-API-Key: ann-key\nTransfer-Encoding: chunked\n\n");
      raw.send(Integer.toHexString(MOST_BYTES + 1) + "\n").send(new byte[MOST_BYTES + 1]);
      raw.send("\n0\n\n");
      assertThat(raw.response()).startsWith("HTTP/1.1 413").contains("payload_too_large");
    }
  }

  @Test
  void aFileWithoutANameIsRefusedBeforeItIsSent() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head("POST /v1/files HTTP/1.1", 1000, "Expect: 100-continue"));
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("file_name_missing");
    }
  }

  @Test
  void aKeyThatIsNoneIsRefusedBeforeTheFileIsSent() {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(RAW, 1000, "Expect: 100-continue", "Idempotency-Key: " + "k".repeat(256)));
      assertThat(raw.response()).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FORM, BATCH})
  void aBodyThatFallsSilentIsGivenUp(String request) throws Exception {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(request, 2_000_000)).send(opening(request));
      assertThat(raw.response()).startsWith("HTTP/1.1 408").contains("request_timeout");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FORM, BATCH})
  void aBodyThatTricklesIsGivenUp(String request) throws Exception {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(request, 2_000_000)).send(opening(request));
      Thread trickle = raw.trickle();
      assertThat(raw.response()).startsWith("HTTP/1.1 408").contains("request_timeout");
      trickle.interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RAW, FORM, BATCH})
  void aBodyThatEndsEarlyIsRefused(String request) throws Exception {
    try (RawExchange raw = new RawExchange(GATEWAY.port())) {
      raw.send(head(request, 2_000_000)).send(opening(request)).finish();
      assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("malformed_request");
    }
  }

  /// The begin of a body, the file's first bytes included.
  private static byte[] opening(String request) throws Exception {
    if (request.equals(RAW)) {
      return new byte[1000];
    }
    byte[] form =
        new Form().file(request.equals(BATCH) ? "files" : "file", "a", new byte[1000]).end();
    return java.util.Arrays.copyOf(form, form.length - 500);
  }
}
