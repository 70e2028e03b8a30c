package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.SluiceProgram.Ending;
import io.sluice.standalone.containers.Dashboard;
import io.sluice.standalone.demo.TestUpload;
import io.sluice.standalone.instance.Member;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice up` as a newcomer runs it: everything in one JVM.
class CombinedIT {

  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  @TempDir private Path directory;

  @Test
  void anUploadGoesOnWhereEverythingWasKilled() throws Exception {
    try (RunningSluice sluice = new RunningSluice(directory)) {
      String before = sluice.up();
      TestUpload upload =
          TestUpload.begin(before, directory.resolve("file.bin"), 5, CHUNK_SIZE_BYTES);
      upload.send(before, List.of(0, 3, 4));
      aSecondOneIsRefused(sluice);

      sluice.killEverything();
      String after = sluice.up();

      assertThat(upload.missing(after)).containsExactly(1, 2, 5);
      upload.send(after, List.of(1, 2, 5));
      upload.complete(after);
      assertThat(upload.comesBackIdentical(after)).isTrue();
      everyMemberServes(sluice);
      theDashboardsMetricsAreOnTheApiPort(after);
      theDemoSucceeds(sluice);

      Ending down = sluice.run("down");
      assertThat(down.code()).as(down.talk()).isZero();
      sluice.awaitNothingLeft();
      assertThat(sluice.run("status").answer()).startsWith("No Sluice runs on");
    }
  }

  @Test
  void aTakenPortIsSaidToBeTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Ending ending =
          new SluiceProgram(directory)
              .run("up", "--port", port, "--data", directory.resolve("data").toString());

      assertThat(ending.code()).isEqualTo(1);
      assertThat(ending.talk().lines())
          .singleElement()
          .asString()
          .startsWith("Port " + port + " on 127.0.0.1 is taken");
      assertThat(directory.resolve("data/run/sluice.pid")).doesNotExist();
    }
  }

  private static void aSecondOneIsRefused(RunningSluice sluice)
      throws IOException, InterruptedException {
    Ending second = sluice.run("up", "--port", "0");

    assertThat(second.code()).isEqualTo(1);
    assertThat(second.talk()).contains("is in use by the Sluice with process", "sluice down");
  }

  private static void everyMemberServes(RunningSluice sluice)
      throws IOException, InterruptedException {
    Ending status = sluice.run("status", "--json");

    assertThat(status.code()).as(status.answer()).isZero();
    assertThat(status.answer()).contains("\"status\" : \"ready\"").doesNotContain("unavailable");
    assertThat(sluice.state().members())
        .extracting(Member::name)
        .containsExactlyInAnyOrder("postgres", "redis", "kafka", "gateway", "worker", "reaper");
  }

  private static void theDashboardsMetricsAreOnTheApiPort(String url)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> metrics =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
              BodyHandlers.ofString());

      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(Dashboard.read().metrics())
          .isNotEmpty()
          .allSatisfy(
              metric -> assertThat(metrics.body()).containsPattern("(?m)^" + metric + "[{ ]"));
    }
  }

  private void theDemoSucceeds(RunningSluice sluice) throws IOException, InterruptedException {
    Path file = directory.resolve("demo.bin");
    Files.write(file, new byte[20 << 20]);

    Ending demo = sluice.run("demo", file.toString());

    assertThat(demo.code()).as(demo.talk()).isZero();
    assertThat(demo.answer()).startsWith("identical: upload ");
    assertThat(demo.talk()).contains("Interrupted on purpose");
  }
}
