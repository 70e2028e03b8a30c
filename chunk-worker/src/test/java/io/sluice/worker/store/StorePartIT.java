package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Job;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StorePartIT {

  @RegisterExtension private static final Worker worker = Worker.local();

  @Test
  void aStoredChunkIsCountedAndGoneFromStaging() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    String key = upload.stage(1);

    JobOutcome outcome = worker.deliver(upload.job(1));

    assertThat(outcome).isEqualTo(JobOutcome.DONE);
    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(upload.chunks().getFirst().etag()).isNotBlank();
    assertThat(upload.chunks().getFirst().enqueuedAt()).isNull();
    assertThat(upload.storedChunks()).isOne();
    assertThat(upload.isStaged(key)).isFalse();
    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(worker.queue.takeAll()).isEmpty();
  }

  @Test
  void theLastChunkOfACompletingUploadHasTheFileFinalised() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 250, 100);

    assertThat(worker.deliver(upload.jobs(), 1)).containsOnly(JobOutcome.DONE);

    List<Job> next = worker.queue.takeAll();
    assertThat(next).containsExactly(upload.finalizeJob());
    assertThat(upload.row()).extractingByKey("enqueued_at").isNotNull();
    worker.deliver(next.getFirst());
    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.signals.told()).contains(upload.id());
  }

  @Test
  void anUploadThatWasNotAskedForWaits() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 250, 100);

    worker.deliver(upload.jobs(), 1);

    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(upload.storedChunks()).isEqualTo(3);
    assertThat(worker.queue.takeAll()).isEmpty();
  }

  @Test
  void aSmallFileIsCompletedByTheCommitThatStoresIt() {
    TestUpload upload = worker.uploads.begin(Start.ONE_REQUEST, 1000, 5000);
    String key = upload.stage(0, true, true);

    worker.deliver(upload.job(0));

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.row())
        .containsEntry("sha256", upload.sha256())
        .containsEntry("etag", "\"" + upload.sha256().substring(0, 32) + "\"")
        .containsEntry("crc32c", upload.chunks().getFirst().crc32c());
    assertThat(upload.isInStore()).isTrue();
    assertThat(upload.isStaged(key)).isFalse();
    assertThat(worker.queue.takeAll()).isEmpty();
    assertThat(worker.signals.told())
        .as("it was a file before, so nobody waits for its end")
        .doesNotContain(upload.id());
  }

  @Test
  void anUploadThatCompletesItselfTakesBothStepsInThatCommit() {
    TestUpload upload = worker.uploads.staged(Start.AUTO_COMPLETE, 1000, 5000);

    worker.deliver(upload.job(0));

    assertThat(upload.history()).containsExactly("IN_PROGRESS", "COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.signals.told()).contains(upload.id());
  }

  @Test
  void aLargerUploadThatCompletesItselfIsFinalisedWithoutItsClient() {
    TestUpload upload = worker.uploads.staged(Start.AUTO_COMPLETE, 250, 100);

    worker.deliver(upload.jobs(), 1);
    worker.drain();

    assertThat(upload.history()).containsExactly("IN_PROGRESS", "COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  @Test
  void aSmallFileThatIsNotWhatWasDeclaredFailsAndIsPurged() {
    TestUpload upload =
        worker.uploads.begin(Start.COMPLETING.declaring("0".repeat(64)), 1000, 5000);
    upload.stage(0, true, true);

    worker.deliver(upload.job(0));

    assertThat(upload.row())
        .containsEntry("status", "FAILED")
        .containsEntry("end_code", "file_checksum_mismatch");
    assertThat(worker.signals.told()).contains(upload.id());
    worker.drain();
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(upload.isInStore()).isFalse();
  }

  @Test
  void aBatchOfSmallFilesIsOneCommit() {
    List<TestUpload> files =
        Stream.generate(() -> worker.uploads.staged(Start.ONE_REQUEST, 100, 5000))
            .limit(20)
            .toList();

    assertThat(worker.deliver(files.stream().<Job>map(file -> file.job(0)).toList(), 1))
        .hasSize(20)
        .containsOnly(JobOutcome.DONE);

    assertThat(files).allMatch(file -> file.status().equals("COMPLETED") && file.isInStore());
    assertThat(stamps(files)).as("transactions that completed them").hasSize(1);
  }

  @Test
  void oneBadFileOfABatchDoesNotSpoilTheOthers() throws Exception {
    TestUpload good = worker.uploads.staged(Start.ONE_REQUEST, 100, 5000);
    TestUpload bad = worker.uploads.begin(Start.ONE_REQUEST, 100, 5000);
    worker.staging.delete(List.of(bad.stage(0)));
    TestUpload other = worker.uploads.staged(Start.ONE_REQUEST, 100, 5000);

    assertThat(worker.deliver(List.of(good.job(0), bad.job(0), other.job(0)), 1))
        .containsOnly(JobOutcome.DONE);

    assertThat(good.status()).isEqualTo("COMPLETED");
    assertThat(other.status()).isEqualTo("COMPLETED");
    assertThat(bad.status()).isEqualTo("COMPLETING");
    assertThat(bad.chunkStatuses()).containsExactly("DAMAGED");
  }

  @Test
  void theSamePartTwiceInABatchIsStoredOnce() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 250, 100);
    worker.store.forgetCalls();

    worker.deliver(List.of(upload.job(0), upload.job(0), upload.job(1)), 1);

    assertThat(upload.storedChunks()).isEqualTo(2);
    assertThat(worker.store.calls(Op.STORE_PART)).isEqualTo(2);
  }

  @Test
  void aJobForNothingIsForgotten() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 250, 100);
    TestUpload unknown = worker.uploads.begin(Start.IN_PROGRESS, 250, 100);
    worker.jdbc.sql("delete from uploads where id = :id").param("id", unknown.id()).update();

    assertThat(worker.deliver(List.of(upload.job(0), upload.job(99), unknown.job(0)), 1))
        .containsOnly(JobOutcome.DONE);

    assertThat(upload.storedChunks()).isZero();
    assertThat(upload.chunks()).isEmpty();
  }

  private static List<String> stamps(List<TestUpload> files) {
    return files.stream()
        .map(file -> String.valueOf(file.row().get("completed_at")))
        .distinct()
        .toList();
  }
}
