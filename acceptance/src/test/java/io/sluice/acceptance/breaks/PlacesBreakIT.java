package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.fault.SecondDeployment;
import io.sluice.acceptance.process.EmptiedShards;
import io.sluice.acceptance.process.MovedAway;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Places that are not there, or that somebody else uses too.
@ExtendWith(HealedAndAudited.class)
class PlacesBreakIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(6);

  private final Running running;

  PlacesBreakIT() throws IOException {
    running = Running.system();
  }

  @Test
  @Row("a place is missing, emptied or not ours")
  void stagingThatIsMountedLateCostsNothingButTime() throws Exception {
    List<Service> services = running.processes().services();
    running.processes().servers().s3().freeze();
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);
    for (Service service : services) {
      service.kill();
    }
    try (MovedAway _ = MovedAway.from(running.processes().stagingRoot())) {
      for (Service service : services) {
        service.launch();
      }
      await().atMost(ENOUGH).until(() -> services.stream().allMatch(Service::saysLive));
      running.processes().servers().s3().thaw();

      await()
          .during(A_WHILE)
          .atMost(ENOUGH)
          .until(() ->
              chunksAre(upload, "STAGED")
                  && running.row(upload.id()).status().equals("COMPLETING")
                  && !running.gateway(0).saysReady());
    }

    for (Service service : services) {
      service.awaitReady();
    }
    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("staged bytes are gone or wrong at a staging that is ours")
  void stagedBytesThatComeBackRepairTheirUpload() throws Exception {
    for (Service worker : running.workers()) {
      worker.freeze();
    }
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);
    Path staging = running.processes().stagingRoot();
    try (EmptiedShards _ = EmptiedShards.of(staging)) {
      for (Service worker : running.workers()) {
        worker.thaw();
      }
      await().atMost(ENOUGH).until(() -> chunksAre(upload, "DAMAGED"));
      assertThat(upload.state()).isEqualTo("COMPLETING");
    }

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("a place is missing, emptied or not ours")
  void aSecondDeploymentOnTheSamePlacesRemovesNothing() throws Exception {
    ManualUpload done = running.upload(2);
    done.sendAll();
    assertThat(done.complete("wait=30").status()).isEqualTo(200);
    for (Service worker : running.workers()) {
      worker.freeze();
    }
    ManualUpload open = running.upload(2);
    assertThat(open.send(0).status()).isEqualTo(202);
    try (SecondDeployment second = SecondDeployment.beside(running.processes())) {
      second.launch();
      second.sweepFor(Duration.ofSeconds(20), new Stop());
    }
    for (Service worker : running.workers()) {
      worker.thaw();
    }

    assertThat(done.downloadsIdentical()).isTrue();
    assertThat(open.send(1).status()).isEqualTo(202);
    assertThat(open.complete("wait=30").status()).isIn(200, 202);
    await().atMost(ENOUGH).until(() -> open.state().equals("COMPLETED"));
    assertThat(open.downloadsIdentical()).isTrue();
  }

  private boolean chunksAre(ManualUpload upload, String status) throws IOException {
    List<ChunkFact> chunks = running.chunks(upload.id());
    return chunks.size() == 2 && chunks.stream().allMatch(chunk -> chunk.status().equals(status));
  }
}
