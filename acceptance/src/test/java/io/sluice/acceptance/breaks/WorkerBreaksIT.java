package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.proxy.S3Operation;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker that freezes in the middle.
@ExtendWith(HealedAndAudited.class)
class WorkerBreaksIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final Running running;

  WorkerBreaksIT() throws IOException {
    running = Running.system();
  }

  @Test
  @Row("a worker was frozen past its lock")
  void aZombieChangesNothingAndDeletesNothing() throws Exception {
    Service zombie = running.worker(0);
    running.worker(1).freeze();
    zombie.failpoints("worker.part-uploaded=delay:3000");
    int before = running.s3().requests(S3Operation.UPLOAD_PART);
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    upload.complete("respond-async");
    await().until(() -> running.s3().requests(S3Operation.UPLOAD_PART) > before);
    zombie.freeze();
    running.worker(1).thaw();
    long frozenAt = System.nanoTime();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    Duration threeLeases = Duration.ofSeconds(3L * SystemPlan.LEASE_SECONDS);
    await().atMost(ENOUGH).until(() -> System.nanoTime() - frozenAt > threeLeases.toNanos());
    zombie.failpoints();
    zombie.thaw();

    running.audit();
    assertThat(upload.state()).isEqualTo("COMPLETED");
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("a worker died or froze in a job that took long")
  void aLongJobGoesToAnotherWhenItsLeaseRunsOut() throws Exception {
    Service frozen = running.worker(0);
    running.worker(1).freeze();
    frozen.failpoints("s3.completed=delay:3000");
    int before = running.s3().requests(S3Operation.COMPLETE_MULTIPART_UPLOAD);
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    upload.complete("respond-async");
    await()
        .atMost(ENOUGH)
        .until(() -> running.s3().requests(S3Operation.COMPLETE_MULTIPART_UPLOAD) > before);
    frozen.freeze();
    assertThat(upload.state()).isEqualTo("COMPLETING");
    running.worker(1).thaw();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    frozen.failpoints();
    frozen.thaw();

    running.audit();
    assertThat(upload.state()).isEqualTo("COMPLETED");
    assertThat(upload.downloadsIdentical()).isTrue();
  }
}
