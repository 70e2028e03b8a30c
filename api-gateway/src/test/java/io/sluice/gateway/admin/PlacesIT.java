package io.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PlacesIT {

  private static final GatewayUnderTest gateway =
      GatewayUnderTest.start(Map.of("sluice.places.look-every", "100ms"));

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void administratorsSeeWhoseThePlacesAre() {
    Answer answer = gateway.as(GatewayUnderTest.ADMIN).get("/v1/admin/places");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("places"))
        .hasSize(2)
        .allSatisfy(place -> {
          assertThat(place.path("state").asString()).isEqualTo("ours");
          assertThat(place.path("ours").asBoolean()).isTrue();
          assertThat(place.path("backend").asString()).isEqualTo("local");
        });
    assertThat(gateway.as(GatewayUnderTest.ANN).get("/v1/admin/places").status()).isEqualTo(403);
  }

  /// Bytes were taken in beside the volume, or refused with 500.
  @Test
  void withoutItsStagingAGatewayTakesNothingInUntilItIsBackOrAdopted() throws Exception {
    Path staging = gateway.storageRoot().resolve("staging");
    Path volume = gateway.storageRoot().resolve("volume");
    assertThat(send().status()).isEqualTo(201);
    Files.move(staging, volume);
    Files.createDirectory(staging);

    await().until(() -> ready().status() == 503);
    Answer refused = send();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.errorCode()).isEqualTo("service_unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("2");
    assertThat(refused.text()).doesNotContain(staging.toString());
    assertThat(ready().json().path("details").path("staging").asString()).contains("mounted");
    assertThat(staging).isEmptyDirectory();

    Answer adopted = gateway.as(GatewayUnderTest.ADMIN).post("/v1/admin/places/staging/adopt", "");
    assertThat(adopted.status()).isEqualTo(200);
    assertThat(adopted.json().path("place").path("state").asString()).isEqualTo("ours");
    assertThat(send().status()).isEqualTo(201);
    assertThat(ready().status()).isEqualTo(200);
  }

  @Test
  void thereIsNoOtherPlace() {
    Answer answer = gateway.as(GatewayUnderTest.ADMIN).post("/v1/admin/places/elsewhere/adopt", "");

    assertThat(answer.status()).isEqualTo(404);
  }

  private static Answer send() {
    return gateway
        .as(GatewayUnderTest.ANN)
        .send("POST", "/v1/files?name=a.bin", BodyPublishers.ofString("bytes"));
  }

  private static Answer ready() {
    return gateway.asStranger().get("/health/ready");
  }
}
