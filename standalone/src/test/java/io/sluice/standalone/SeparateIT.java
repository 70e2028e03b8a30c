package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.standalone.SluiceProgram.Ending;
import io.sluice.standalone.demo.TestUpload;
import io.sluice.standalone.instance.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice up --separate`: the services from their executable jars, on an S3 server, as they are deployed.
class SeparateIT {

  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  @TempDir private Path directory;

  @Test
  void whatIsKilledComesBackAndTheUploadEndsWhole() throws Exception {
    try (RunningSluice sluice =
        new RunningSluice(directory, "--separate", "--workers", "2", "--storage", "s3")) {
      String url = sluice.up();
      assertThat(sluice.state().members())
          .extracting(Member::name)
          .containsExactlyInAnyOrder(
              "postgres", "redis", "s3", "kafka", "gateway", "worker-1", "worker-2", "reaper");
      assertThat(sluice.state().members()).extracting(Member::pid).doesNotHaveDuplicates();
      TestUpload upload =
          TestUpload.begin(url, directory.resolve("file.bin"), 12, CHUNK_SIZE_BYTES);
      upload.send(url, List.of(0, 1, 2, 3, 4, 5));

      long killed = sluice.member("worker-1").pid();
      sluice.kill(killed);
      upload.send(url, upload.missing(url));
      upload.complete(url);

      assertThat(upload.comesBackIdentical(url)).isTrue();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            assertThat(sluice.member("worker-1").restarts()).isEqualTo(1);
            assertThat(sluice.member("worker-1").pid()).isNotIn(0L, killed);
          });
      Ending status = sluice.run("status", "--json");
      assertThat(status.code()).as(status.answer()).isZero();
      sluice.rememberProcesses();

      Ending down = sluice.run("down");
      assertThat(down.code()).as(down.talk()).isZero();
      sluice.awaitNothingLeft();
    }
  }
}
