package io.sluice.reaper.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeIT {

  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void anEndedUploadThatNobodyAskedToPurgeIsPurgedOnce(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);

    assertThat(REAPER.run(StepName.PURGE).count(Repair.PURGE)).isOne();
    assertThat(REAPER.run(StepName.PURGE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).containsExactly(new Job.PurgeUpload(upload));
    assertThat(rows.column("enqueued_at", upload)).isNotNull();
    assertThat(rows.column("purged_at", upload)).as("a worker says so, not we").isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "purged_at = now()",
        "enqueued_at = now() - interval '1 hour'",
        "next_attempt_at = now() + interval '1 hour'"
      })
  void whatIsPurgedOrOnItsWayIsLeftAlone(String state) throws Exception {
    UUID upload = rows.upload(UploadStatus.ABORTED, 3);
    rows.set(upload, state);

    assertThat(REAPER.run(StepName.PURGE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"INITIATED", "IN_PROGRESS", "COMPLETING", "COMPLETED"})
  void nothingAliveIsPurged(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);

    assertThat(REAPER.run(StepName.PURGE).counts()).isEmpty();
    assertThat(rows.column("enqueued_at", upload)).isNull();
  }

  @ParameterizedTest
  @EnumSource(PlaceKind.class)
  void nothingIsAskedForWhileAPlaceForbidsRemovals(PlaceKind place) throws Exception {
    UUID upload = rows.upload(UploadStatus.ABORTED, 3);
    REAPER.guard().forbid(place);

    assertThat(REAPER.run(StepName.PURGE).counts()).isEmpty();

    assertThat(rows.column("enqueued_at", upload)).isNull();
    REAPER.guard().allow();
    assertThat(REAPER.run(StepName.PURGE).count(Repair.PURGE)).isOne();
  }

  @Test
  void troubleBetweenTwoBatchesEndsTheRun() throws Exception {
    for (int i = 0; i < 250; i++) {
      rows.upload(UploadStatus.ABORTED, 1);
    }
    REAPER.guard().forbidAfter(PlaceKind.STAGING, 1);

    assertThat(REAPER.run(StepName.PURGE).count(Repair.PURGE)).isEqualTo(200);
  }

  @Test
  void moreThanABatchIsAskedForEachOnce() throws Exception {
    for (int i = 0; i < 401; i++) {
      rows.upload(UploadStatus.ABORTED, 1);
    }

    assertThat(REAPER.run(StepName.PURGE).count(Repair.PURGE)).isEqualTo(401);
    assertThat(REAPER.run(StepName.PURGE).counts()).isEmpty();
  }
}
