package io.sluice.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.GatewayUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What `/metrics` says of requests.
class RequestMetricsIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();

  @Test
  void aRequestIsMeasuredOnceByItsRoute() {
    gateway.as(GatewayUnderTest.ANN).get("/v1/files/%s/metadata".formatted(UUID.randomUUID()));

    String metrics = gateway.asStranger().get("/metrics").text();

    assertThat(metrics)
        .contains(
            "http_request_duration_seconds_count{method=\"GET\",route=\"/v1/files/{id}/metadata\",status_code=\"404\"}")
        .doesNotContain("http_server_requests", "spring_security");
  }
}
