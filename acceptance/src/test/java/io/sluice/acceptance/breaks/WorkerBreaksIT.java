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
    ManualUpload upload = running.upload(2);
    Service zombie = freezesIn("worker.part-uploaded=delay:3000", S3Operation.UPLOAD_PART, upload);
    long frozenAt = System.nanoTime();
    running.worker(1).thaw();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    Duration threeLeases = Duration.ofSeconds(3L * SystemPlan.LEASE_SECONDS);
    await().atMost(ENOUGH).until(() -> System.nanoTime() - frozenAt > threeLeases.toNanos());

    wakesUpToNothing(zombie, upload);
  }

  @Test
  @Row("a worker died or froze in a job that took long")
  void aLongJobGoesToAnotherWhenItsLeaseRunsOut() throws Exception {
    ManualUpload upload = running.upload(2);
    Service frozen =
        freezesIn("s3.completed=delay:3000", S3Operation.COMPLETE_MULTIPART_UPLOAD, upload);
    assertThat(upload.state()).isEqualTo("COMPLETING");
    running.worker(1).thaw();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));

    wakesUpToNothing(frozen, upload);
  }

  /// One worker has the upload to itself, since the other is frozen, and freezes just after it asked the store for
  /// something.
  private Service freezesIn(String failpoint, S3Operation asked, ManualUpload upload)
      throws Exception {
    Service worker = running.worker(0);
    running.worker(1).freeze();
    worker.failpoints(failpoint);
    int before = running.s3().requests(asked);
    upload.sendAll();
    upload.complete("respond-async");
    await().atMost(ENOUGH).until(() -> running.s3().requests(asked) > before);
    worker.freeze();
    return worker;
  }

  private void wakesUpToNothing(Service worker, ManualUpload upload) throws Exception {
    worker.failpoints();
    worker.thaw();

    running.audit();
    assertThat(upload.state()).isEqualTo("COMPLETED");
    assertThat(upload.downloadsIdentical()).isTrue();
  }
}
