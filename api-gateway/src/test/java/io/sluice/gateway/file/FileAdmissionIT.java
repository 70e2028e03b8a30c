package io.sluice.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files meet the limits of chunks. Each is forced by its limit of 0, and none lets the body come: who
/// expects to be told to send it is told no.
class FileAdmissionIT {

  @ParameterizedTest
  @CsvSource({
    "sluice.admission.max-global-inflight-chunks, global_inflight_limit",
    "sluice.admission.max-inflight-chunks-per-upload, upload_inflight_limit",
    "sluice.admission.task-queue-maxsize, queue_full",
  })
  void aLimitOfZeroRefusesFilesAndBatches(String limit, String reason) {
    try (GatewayUnderTest gateway = GatewayUnderTest.start(Map.of(limit, 0))) {
      for (String request : REQUESTS) {
        assertThat(answerTo(gateway, request))
            .startsWith("HTTP/1.1 429")
            .containsIgnoringCase("X-RateLimit-Reason: " + reason)
            .containsPattern("(?i)Retry-After: [1-9]")
            .contains("\"error_code\":\"throttled\"");
      }
      nothingIsKept(gateway);
    }
  }

  @Test
  void aStagingWithoutRoomRefusesFilesAndBatches() {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(Map.of("sluice.staging.min-free-bytes", Long.MAX_VALUE / 2))) {
      for (String request : REQUESTS) {
        assertThat(answerTo(gateway, request))
            .startsWith("HTTP/1.1 507")
            .containsPattern("(?i)Retry-After: [1-9]")
            .contains("\"error_code\":\"staging_full\"");
      }
      nothingIsKept(gateway);
    }
  }

  @Test
  void aKeyWithTooManyRequestsIsRefused() {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(Map.of("sluice.admission.api-rate-limit-per-minute", 1))) {
      // Counted in Redis, or here while Redis is slow: more than one may pass, for a moment.
      await()
          .untilAsserted(
              () -> assertThat(answerTo(gateway, REQUESTS[0])).startsWith("HTTP/1.1 429"));
      for (String request : REQUESTS) {
        assertThat(answerTo(gateway, request))
            .startsWith("HTTP/1.1 429")
            .containsIgnoringCase("X-RateLimit-Reason: api_key_rate_limit")
            .containsPattern("(?i)Retry-After: [1-9]");
      }
      nothingIsKept(gateway);
    }
  }

  private static final String[] REQUESTS = {
    "POST /v1/files?name=a HTTP/1.1",
    "POST /v1/files HTTP/1.1\nContent-Type: " + Form.TYPE,
    "POST /v1/files/batch HTTP/1.1\nContent-Type: " + Form.TYPE,
  };

  /// The first thing that is said to a request whose body is not sent yet.
  private static String answerTo(GatewayUnderTest gateway, String request) {
    try (RawExchange raw = new RawExchange(gateway.port())) {
      return raw.send(
              request
                  + "\nHost: x\nX-API-Key: ann-key\nExpect: 100-continue\nContent-Length: 100000\n\n")
          .response();
    }
  }

  private static void nothingIsKept(GatewayUnderTest gateway) {
    int uploads =
        gateway.database().sql("select count(*) from uploads").query(Integer.class).single();
    assertThat(uploads).isZero();
    assertThat(gateway.stagedFiles("")).isEmpty();
  }
}
