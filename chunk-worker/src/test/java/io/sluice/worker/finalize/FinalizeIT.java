package io.sluice.worker.finalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.StoredObject;
import io.sluice.worker.harness.Failpoints;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import io.sluice.worker.lease.LongJobs;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From COMPLETING to COMPLETED, or not.
class FinalizeIT {

  private static final int MIB = 1 << 20;

  @TempDir static Path local;
  @TempDir static Path staging;
  private static Worker directory;
  private static Worker bucket;

  @BeforeAll
  static void start() {
    directory = Worker.local(local);
    bucket = Worker.s3(staging);
  }

  @AfterAll
  static void stop() {
    bucket.close();
    directory.close();
  }

  @BeforeEach
  void calm() {
    directory.store.heal();
    directory.queue.clear();
    bucket.store.heal();
    bucket.queue.clear();
  }

  @Test
  void anObjectOfAnotherLengthIsNotTheFile() {
    TestUpload upload = stored(directory, Start.COMPLETING, 250, 100);
    directory.store.pretendToHave(new StoredObject("x", 249, Optional.empty()));

    assertThat(directory.deliver(upload.finalizeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.history()).containsExactly("COMPLETING");
    assertThat(upload.row()).containsEntry("attempts", 1).containsEntry("completed_at", null);
    assertThat(String.valueOf(upload.row().get("last_error"))).contains("249 bytes");
    assertThat(directory.signals.told()).doesNotContain(upload.id());

    directory.store.heal();
    directory.deliver(upload.finalizeJob());
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  @Test
  void aFileThatIsNotWhatWasDeclaredFailsWithoutADeadLetter() {
    TestUpload upload = stored(directory, Start.COMPLETING.declaring("0".repeat(64)), 250, 100);

    directory.deliver(upload.finalizeJob());

    assertThat(upload.row())
        .containsEntry("status", "FAILED")
        .containsEntry("end_code", "file_checksum_mismatch");
    assertThat(directory.deadLetters()).isEmpty();
    assertThat(directory.signals.told()).contains(upload.id());
    assertThat(directory.queue.takeAll()).containsExactly(upload.purgeJob());
  }

  @Test
  void aFileThatIsWhatWasDeclaredKeepsItsDigest() {
    TestUpload plain = directory.uploads.begin(Start.COMPLETING, 250, 100);
    plain.set("declared_sha256 = '" + plain.sha256() + "'");
    for (int index = 0; index < 3; index++) {
      plain.stage(index);
    }
    directory.deliver(plain.jobs(), 1);

    directory.deliver(plain.finalizeJob());

    assertThat(plain.row())
        .containsEntry("status", "COMPLETED")
        .containsEntry("sha256", plain.sha256())
        .containsEntry("etag", "\"" + plain.sha256().substring(0, 32) + "\"");
  }

  @Test
  void doneAgainItChangesNothing() {
    TestUpload upload = stored(directory, Start.COMPLETING, 250, 100);
    directory.deliver(upload.finalizeJob());
    Object completedAt = upload.row().get("completed_at");
    directory.store.forgetCalls();

    assertThat(directory.deliverAgain(upload.finalizeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.row()).containsEntry("completed_at", completedAt);
    assertThat(directory.store.calls(Op.HEAD)).isZero();
    assertThat(upload.isInStore()).isTrue();
  }

  @Test
  void anUploadThatLacksAChunkIsNotFinalised() {
    TestUpload upload = directory.uploads.staged(Start.COMPLETING, 250, 100);
    directory.deliver(upload.job(0));

    assertThat(directory.deliver(upload.finalizeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.status()).isEqualTo("COMPLETING");
    assertThat(upload.row()).containsEntry("attempts", 0);
  }

  /// The object is there and its upload does not know: the second who tries is told that there is no such
  /// multipart upload, and must not believe it.
  @Test
  void aWorkerThatDiesBetweenTheJoinAndTheCommitHasLostNothing() {
    TestUpload upload = stored(bucket, Start.COMPLETING, 12 * MIB, 6 * MIB);
    Failpoints.breakingAt("worker.object-joined", () -> finish(upload));
    assertThat(upload.history()).containsExactly("COMPLETING");
    assertThat(upload.isInStore()).isTrue();
    upload.set("next_attempt_at = null");

    finish(upload);

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(bucket.signals.told()).containsOnlyOnce(upload.id());
    assertThat(bucket.deadLetters()).isEmpty();
  }

  private static TestUpload stored(Worker worker, Start start, int size, int chunkSize) {
    TestUpload upload = worker.uploads.staged(start, size, chunkSize);
    worker.deliver(upload.jobs(), 1);
    assertThat(worker.queue.takeAll()).containsExactly((Job) upload.finalizeJob());
    return upload;
  }

  private static void finish(TestUpload upload) {
    bucket.deliver(upload.finalizeJob());
    await().until(() -> bucket.bean(LongJobs.class).running() == 0);
  }
}
