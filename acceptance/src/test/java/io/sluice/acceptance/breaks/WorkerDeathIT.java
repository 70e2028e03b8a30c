package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker that dies at each of its steps. The other one is stopped, so that the job meets its death, and
/// all the deaths are healed and audited together, at the end.
class WorkerDeathIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final Running running;

  WorkerDeathIT() throws IOException {
    running = Running.system();
  }

  @BeforeAll
  static void onlyOneWorker() throws IOException {
    Running.system().worker(1).stop();
  }

  @AfterAll
  static void healAndAudit() throws Exception {
    Running.system().heal();
    Running.system().audit();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker.job-judged",
        "worker.part-uploaded",
        "worker.committed",
        "worker.staging-deleted",
        "worker.object-joined",
        "worker.upload-completed"
      })
  @Row("a worker died at any step")
  void aJobWhoseWorkerDiedIsDoneAgainWithTheSameResult(String failpoint) throws Exception {
    diesAndComesBack(failpoint);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(
      strings = {
        "s3.multipart-created",
        "worker.multipart-begun",
        "s3.part-uploaded",
        "worker.handed-on",
        "queue.before-acknowledge",
        "s3.completed",
        "worker.object-verified"
      })
  @Row("a worker died at any step")
  void soItIsBetweenThoseSteps(String failpoint) throws Exception {
    diesAndComesBack(failpoint);
  }

  private void diesAndComesBack(String failpoint) throws Exception {
    Service worker = running.worker(0);
    worker.failpoints(failpoint + "=halt");
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    upload.complete("respond-async");

    await().atMost(ENOUGH).until(() -> !worker.isAlive());
    worker.failpoints();
    worker.start();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
    assertThat(running.row(upload.id()).storedChunks()).isEqualTo(2);
  }
}
