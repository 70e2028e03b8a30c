package io.sluice.reaper.requeue;

import static io.sluice.reaper.Rows.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Finalise and purge jobs that were lost, or never made.
class UploadJobsIT {

  private static final String LONG_AGO = "enqueued_at = " + ago(Duration.ofMinutes(10));

  @RegisterExtension
  private static final ReaperFixture REAPER =
      ReaperFixture.local(
          "sluice.reaper.requeue.lost-after-seconds=300", "sluice.reaper.requeue.batch-size=3");

  private final Rows rows = REAPER.rows();

  @Test
  void aLostFinaliseIsEnqueuedAgainOnce() throws Exception {
    UUID lost = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(lost, LONG_AGO);
    UUID waits = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(waits, "enqueued_at = now()");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.FINALIZE)).isOne();
    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(lost)).containsExactly(new Job.FinalizeUpload(lost));
    assertThat(REAPER.jobs().of(waits)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void aLostPurgeIsEnqueuedAgainUntilItIsConfirmed(UploadStatus status) throws Exception {
    UUID lost = rows.upload(status, 3);
    rows.set(lost, LONG_AGO);
    UUID purged = rows.upload(status, 3);
    rows.set(purged, LONG_AGO + ", purged_at = now()");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.PURGE)).isOne();
    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(lost)).containsExactly(new Job.PurgeUpload(lost));
    assertThat(REAPER.jobs().of(purged)).isEmpty();
  }

  /// Each of their jobs came back at once, as long as a backup took.
  @ParameterizedTest
  @EnumSource(PlaceKind.class)
  void noPurgeIsEnqueuedWhileNothingMayBeRemoved(PlaceKind place) throws Exception {
    UUID lostPurge = rows.upload(UploadStatus.ABORTED, 3);
    rows.set(lostPurge, LONG_AGO);
    UUID duePurge = rows.upload(UploadStatus.DELETED, 3);
    rows.set(duePurge, "next_attempt_at = now()");
    UUID lost = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(lost, LONG_AGO);
    UUID due = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(due, "next_attempt_at = now()");
    REAPER.guard().forbid(place);

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEqualTo(Map.of(Repair.FINALIZE, 1));
    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEqualTo(Map.of(Repair.FINALIZE, 1));

    assertThat(REAPER.jobs().of(lostPurge)).isEmpty();
    assertThat(REAPER.jobs().of(duePurge)).isEmpty();
    REAPER.guard().allow();
    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.PURGE)).isOne();
    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.PURGE)).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"INITIATED", "IN_PROGRESS", "COMPLETED"})
  void noOtherUploadHasAJobOfItsOwn(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, LONG_AGO);

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }

  @Test
  void aCompletingUploadWithEverythingStoredAndNoJobIsFinalised() throws Exception {
    UUID stuck = rows.upload(UploadStatus.COMPLETING, 2);
    rows.chunks(stuck, 0, 1, Rows.stored());
    rows.set(stuck, "stored_chunks = 2");
    UUID empty = rows.upload(Upload.of(UploadStatus.COMPLETING, 0));

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.FINALIZE)).isEqualTo(2);
    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(stuck)).containsExactly(new Job.FinalizeUpload(stuck));
    assertThat(REAPER.jobs().of(empty)).containsExactly(new Job.FinalizeUpload(empty));
    assertThat(rows.status(stuck)).isEqualTo(UploadStatus.COMPLETING);
  }

  @Test
  void aCompletingUploadThatStillStoresIsLeftAlone() throws Exception {
    UUID busy = rows.upload(UploadStatus.COMPLETING, 2);
    rows.chunks(busy, 0, 0, Rows.stored());
    rows.chunks(busy, 1, 1, "enqueued_at = now()");
    rows.set(busy, "stored_chunks = 1");
    UUID retries = rows.upload(UploadStatus.COMPLETING, 1);
    rows.chunks(retries, 0, 0, Rows.stored());
    rows.set(retries, "stored_chunks = 1, next_attempt_at = now() + interval '1 hour'");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(busy)).isEmpty();
    assertThat(REAPER.jobs().of(retries)).isEmpty();
  }

  /// It once failed here, with all that its client was promised, for a fault that was ours.
  @Test
  void aCompletingUploadWithADamagedChunkIsNotEnded() throws Exception {
    UUID damaged = rows.upload(UploadStatus.COMPLETING, 2);
    rows.chunks(damaged, 0, 0, Rows.stored());
    rows.chunks(damaged, 1, 1, "status = 'DAMAGED'");
    rows.set(damaged, "stored_chunks = 1");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(rows.status(damaged)).isEqualTo(UploadStatus.COMPLETING);
    assertThat(REAPER.jobs().of(damaged)).isEmpty();
    assertThat(rows.chunkColumn("status", damaged, 1)).isEqualTo("DAMAGED");
  }

  @Test
  void theWalkOverCompletingUploadsReachesAllOfThem() throws Exception {
    List<UUID> stuck =
        Stream.generate(() -> rows.upload(Upload.of(UploadStatus.COMPLETING, 0)))
            .limit(10)
            .toList();

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.FINALIZE)).isEqualTo(10);

    assertThat(stuck).allSatisfy(id -> assertThat(REAPER.jobs().of(id)).hasSize(1));
  }

  @Test
  void aWalkThatWasStoppedGoesOnWhereItWas() throws Exception {
    for (int i = 0; i < 10; i++) {
      rows.upload(Upload.of(UploadStatus.COMPLETING, 0));
    }
    int found = 0;
    int runs = 0;
    while (found < 10 && runs++ < 20) {
      // Enough to get past the other questions, and to one slice of this walk.
      found += REAPER.runAllowing(StepName.REQUEUE, 5).count(Repair.FINALIZE);
    }

    assertThat(found).isEqualTo(10);
    assertThat(runs).isGreaterThan(1);
  }
}
