package io.sluice.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The reaper as a process: what it answers, and that it works by itself.
class ReaperApplicationIT {

  private static final ConfigurableApplicationContext CONTEXT =
      start("sluice.reaper.cleanup-interval-seconds=1");

  @AfterAll
  static void stop() {
    CONTEXT.close();
  }

  private static ConfigurableApplicationContext start(String... more) {
    List<String> properties = new ArrayList<>(ReaperFixture.onLocalStorage());
    properties.add("server.port=0");
    properties.addAll(List.of(more));
    return new SpringApplicationBuilder(ReaperApplication.class)
        .run(properties.stream().map(property -> "--" + property).toArray(String[]::new));
  }

  @Test
  void healthAndVersionAreAnsweredWithoutCredentials() throws Exception {
    assertThat(get("/health").body()).contains("\"ok\"");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/version").body()).contains("\"name\":\"reaper\"");
  }

  @Test
  void everyRepairAndEveryLoopShowsBeforeAnythingHappened() throws Exception {
    String metrics = get("/metrics").body();

    for (Repair repair : Repair.values()) {
      assertThat(metrics).contains("reaper_repairs_total{repair=\"" + repair.wire() + "\"}");
    }
    for (String place : List.of("staging", "multipart", "object")) {
      assertThat(metrics).contains("reaper_sweep_brake{place=\"" + place + "\"} 0");
    }
    for (StepName loop : StepName.values()) {
      assertThat(metrics)
          .contains("reaper_runs_total{loop=\"" + loop.wire() + "\",outcome=\"done\"}")
          .contains("reaper_runs_total{loop=\"" + loop.wire() + "\",outcome=\"failed\"}")
          .contains("reaper_leader{loop=\"" + loop.wire() + "\"}");
    }
  }

  @Test
  void theLoopsRunByThemselves() throws Exception {
    Rows rows = new Rows(CONTEXT.getBean(JdbcClient.class));
    // The first look of all gives everybody an hour.
    await().until(() -> rows.count("deployment where expiry_seen_at is not null") == 1);
    UUID upload = rows.upload(UploadStatus.INITIATED, 1);
    rows.set(upload, "expires_at = now() - interval '1 second'");

    await().until(() -> rows.status(upload) == UploadStatus.ABORTED);
    await()
        .untilAsserted(() ->
            assertThat(get("/metrics").body())
                .containsPattern("reaper_repairs_total\\{repair=\"expired_upload\"\\} [1-9]"));
  }

  @Test
  void itsPortIs8082UnlessAnotherIsGiven() {
    assertThat(CONTEXT.getEnvironment().getProperty("server.port")).isEqualTo("0");
    assertThat(
            CONTEXT.getEnvironment().getPropertySources().stream()
                .filter(source -> source.getName().contains("reaper-defaults"))
                .map(source -> source.getProperty("server.port")))
        .containsExactly("8082");
  }

  @Test
  void aGracePeriodThatLetsAcknowledgedBytesBeSweptStopsTheStart() {
    assertThatThrownBy(() -> start("sluice.reaper.orphan-grace-seconds=1800").close())
        .extracting(NestedExceptionUtils::getMostSpecificCause)
        .asString()
        .contains("sluice.reaper.orphan-grace-seconds is 1800, must be 1820 or more")
        .contains("sluice.upload.commit-window-seconds");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    String port = CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
