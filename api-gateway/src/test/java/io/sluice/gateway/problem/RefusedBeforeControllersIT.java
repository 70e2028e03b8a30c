package io.sluice.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.RawExchange;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that no controller ever sees are answered like all others.
class RefusedBeforeControllersIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();

  @Test
  void anUnknownAddressIsAProblem() {
    Answer answer = gateway.as(GatewayUnderTest.ANN).get("/v1/nowhere", "X-Request-ID", "my-id.1");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
    assertThat(answer.text("type")).isEqualTo("urn:sluice:problem:not_found");
    assertThat(answer.text("request_id")).isEqualTo("my-id.1");
    assertThat(answer.header("X-Request-ID")).isEqualTo("my-id.1");
  }

  @Test
  void anInsaneRequestIdIsReplaced() {
    Answer answer = gateway.asStranger().get("/health", "X-Request-ID", "a b<script>");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Request-ID")).matches("[0-9a-f-]{36}");
  }

  @ParameterizedTest
  @CsvSource({"DELETE,/health", "BREW,/health", "PUT,/health/ready/"})
  void aMethodThatIsNotThereIs405(String method, String path) {
    Answer answer = gateway.as(GatewayUnderTest.ANN).send(method, path, BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.errorCode()).isEqualTo("method_not_allowed");
    assertThat(answer.header("Allow")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/uploads/..%2f..%2fetc/passwd",
        "/v1/uploads/%2e%2e/%2e%2e/etc/passwd",
        "/v1/..;/admin/queue",
        "/v1/uploads/a%00b",
        "/v1/uploads/a%0ab",
        "/v1/uploads//chunks",
        "/v1/uploads/a\\b",
        "/v1/uploads/%ZZ",
        "/v1/uploads?limit=%ZZ",
        "/v1/uploads/<x>"
      })
  void aTwistedPathIsACleanRefusal(String path) {
    try (RawExchange raw = new RawExchange(gateway.port())) {
      String response =
          raw.send("GET " + path + " HTTP/1.1\nHost: x\nX-API-Key: ann-key\nConnection: close\n\n")
              .response();
      assertThat(response).containsPattern("^HTTP/1.1 (400|404) ");
      assertThat(response).contains("application/problem+json").contains("X-Request-ID: ");
      assertThat(response).doesNotContain("java").doesNotContain("tomcat").doesNotContain("<html");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\n\n",
        "GET /health HTTP/1.1\n\n",
        "GET /health HTTP/1.1\nHost: x\nBad Header: y\n\n",
        "GET /health HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\n",
        "POST /health HTTP/1.1\nHost: x\nContent-Length: -5\n\n"
      })
  void aRequestThatIsNotHttpIsAProblem(String request) {
    try (RawExchange raw = new RawExchange(gateway.port())) {
      String response = raw.send(request).response();
      assertThat(response).startsWith("HTTP/1.1 400 ");
      assertThat(response).contains("application/problem+json").contains("malformed_request");
    }
  }

  @Test
  void headersWithoutEndAreRefused() {
    try (RawExchange raw = new RawExchange(gateway.port())) {
      String response =
          raw.send("GET /health HTTP/1.1\nHost: x\nX-Long: " + "a".repeat(20_000) + "\n\n")
              .response();
      assertThat(response).startsWith("HTTP/1.1 400 ").contains("malformed_request");
    }
  }

  @Test
  void withoutCredentialsNothingIsShown() {
    for (String path : new String[] {"/v1/uploads", "/v1/nowhere", "/v1/admin/queue"}) {
      Answer answer = gateway.asStranger().get(path);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.errorCode()).isEqualTo("unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).isNotEmpty();
    }
  }

  @Test
  void aWrongKeyIsTheSameAsNone() {
    Answer answer = gateway.asStranger().get("/v1/uploads", "X-API-Key", "ann-key ");
    assertThat(gateway.asStranger().get("/v1/uploads", "X-API-Key", "nobodys").status())
        .isEqualTo(401);
    assertThat(answer.status()).isNotEqualTo(500);
  }

  @Test
  void anAdminEndpointNeedsTheRole() {
    Answer answer = gateway.as(GatewayUnderTest.ANN).get("/v1/admin/queue");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorCode()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/",
        "/health/live",
        "/health/ready/",
        "/version",
        "/version/",
        "/metrics",
        "/metrics/"
      })
  void whatIsOpenAnswersWithAndWithoutASlash(String path) {
    assertThat(gateway.asStranger().get(path).status()).isEqualTo(200);
  }

  @Test
  void everyCodeShowsInTheMetricsBeforeItHappens() {
    assertThat(gateway.asStranger().get("/metrics").text())
        .contains("problems_total{code=\"staging_full\"} 0.0");
  }
}
