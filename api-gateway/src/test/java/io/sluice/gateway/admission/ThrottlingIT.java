package io.sluice.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import io.sluice.gateway.testing.Stock;
import io.sluice.gateway.testing.TestUpload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each limit, forced, and what its refusal says.
class ThrottlingIT {

  @ParameterizedTest
  @CsvSource({
    "max-inflight-chunks-per-upload,upload_inflight_limit",
    "max-global-inflight-chunks,global_inflight_limit",
    "task-queue-maxsize,queue_full"
  })
  void aLimitOfNothingRefusesEveryChunkAtOnce(String limit, String reason) {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(
            Map.of("sluice.admission." + limit, 0, "sluice.admission.wait-millis", 60_000))) {
      TestUpload upload = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 250, 100);
      Stock before = Stock.of(gateway);

      assertThrottled(upload.send(0), reason);
      try (RawExchange raw = new RawExchange(gateway.port())) {
        raw.send(
            "PUT %s HTTP/1.1\nHost: x\nX-API-Key: ann-key\nContent-Length: 100\nExpect: 100-continue\n\n"
                .formatted(upload.chunkPath(0)));
        assertThat(raw.response()).startsWith("HTTP/1.1 429");
      }

      assertThat(Stock.of(gateway)).isEqualTo(before);
      assertThat(upload.statusWord()).isEqualTo("INITIATED");
      assertThat(gateway.asStranger().get("/metrics").text())
          .contains("throttled_requests_total{reason=\"%s\"} 2.0".formatted(reason));
    }
  }

  /// Two uploads in a queue that is half full: the one that has more than its share is held back, the
  /// other is not.
  @Test
  void whileOthersWaitAnUploadHasItsShareAndNoMore() {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(
            Map.of(
                "sluice.admission.task-queue-maxsize", 8,
                "sluice.admission.wait-millis", 0,
                "sluice.window.max-fair-inflight-chunks-per-upload", 4))) {
      TestUpload large = TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 1_000, 100);
      TestUpload small = TestUpload.begin(gateway.as(GatewayUnderTest.BOB), 300, 100);
      for (int index = 0; index < 4; index++) {
        assertThat(large.send(index).status()).isEqualTo(202);
      }
      assertThat(small.send(0).status()).isEqualTo(202);
      // The backlog is looked at a few times in a second, beside the requests.
      AtomicInteger next = new AtomicInteger(4);
      await()
          .pollInterval(Duration.ofMillis(400))
          .untilAsserted(
              () -> assertThrottled(large.send(next.getAndIncrement()), "upload_fair_share_limit"));

      assertThat(small.send(1).status()).isEqualTo(202);
    }
  }

  @Test
  void aKeyHasItsRequestsAMinute() {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.start(
            Map.of(
                "sluice.admission.api-rate-limit-per-minute", 3,
                "sluice.admission.wait-millis", 0))) {
      Client ann = gateway.as(GatewayUnderTest.ANN);
      int passed = 0;
      Answer answer = ann.get("/v1/uploads");
      while (answer.status() == 200 && passed < 10) {
        passed++;
        answer = ann.get("/v1/uploads");
      }

      // As many again, if Redis was slow to answer first, and the gateway counted for itself.
      assertThat(passed).isBetween(3, 6);
      assertThrottled(answer, "api_key_rate_limit");

      assertThat(gateway.as(GatewayUnderTest.BOB).get("/v1/uploads").status()).isEqualTo(200);
      assertThat(gateway.as(GatewayUnderTest.ANN).get("/health").status()).isEqualTo(200);
    }
  }

  private static void assertThrottled(Answer answer, String reason) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(429);
    assertThat(answer.errorCode()).isEqualTo("throttled");
    assertThat(answer.header("X-RateLimit-Reason")).isEqualTo(reason);
    assertThat(answer.text("reason")).isEqualTo(reason);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isGreaterThanOrEqualTo(1);
  }
}
