package io.sluice.reaper.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryIT {

  private static final String OVER = "expires_at = now() - interval '1 second'";
  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  @ParameterizedTest
  @EnumSource(names = {"INITIATED", "IN_PROGRESS"})
  void anUploadWhoseTimeIsOverIsAbortedAndPurged(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, OVER + ", attempts = 5, next_attempt_at = now() + interval '1 day'");

    Run run = REAPER.run(StepName.EXPIRY);

    assertThat(run.count(Repair.EXPIRED_UPLOAD)).isOne();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.ABORTED);
    assertThat(rows.column("end_code", upload)).isEqualTo("expired");
    assertThat(rows.column("attempts", upload)).isEqualTo("0");
    assertThat(rows.column("enqueued_at", upload)).isNotNull();
    assertThat(rows.column("next_attempt_at", upload)).isNull();
    assertThat(rows.column("purged_at", upload)).isNull();
    assertThat(REAPER.jobs().of(upload)).containsExactly(new Job.PurgeUpload(upload));
    assertThat(rows.count("upload_events where code = 'expired' and upload_id = '" + upload + "'"))
        .isOne();

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).hasSize(1);
  }

  @Test
  void anUploadThatStillHasTimeIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, "expires_at = now() + interval '1 minute'");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETING", "COMPLETED", "FAILED", "ABORTED", "DELETED"})
  void whatIsNoLongerItsClientsDoesNotExpire(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, OVER);

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(status);
  }

  /// The lock of the chunk's commit says that somebody works on the upload, whatever its time says.
  @Test
  void anUploadIntoWhichAChunkIsBeingCommittedIsPassedOver() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, OVER);

    REAPER.whileHolding(
        "select 1 from uploads where id = '" + upload + "' for key share",
        () -> assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty());

    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);
    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isOne();
  }

  @Test
  void moreThanABatchExpiresEachOnce() throws Exception {
    for (int i = 0; i < 450; i++) {
      rows.upload(UploadStatus.INITIATED, 1);
    }
    REAPER.sql("update uploads set " + OVER);

    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isEqualTo(450);
    assertThat(rows.count("uploads where status = 'ABORTED'")).isEqualTo(450);
  }

  @Test
  void aQueueThatIsAwayKeepsNoUploadAlive() throws Exception {
    UUID upload = rows.upload(UploadStatus.INITIATED, 3);
    rows.set(upload, OVER);

    try (ReaperFixture cutOff =
        REAPER.another("sluice.kafka.bootstrap-servers=" + ReaperFixture.AWAY)) {
      cutOff.run(StepName.EXPIRY);
    }

    assertThat(rows.status(upload)).isEqualTo(UploadStatus.ABORTED);
    // Its purge is marked as enqueued and is not in the queue: it is found as lost.
    rows.set(upload, "enqueued_at = enqueued_at - interval '1 hour'");
    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.PURGE)).isOne();
    assertThat(REAPER.jobs().of(upload)).containsExactly(new Job.PurgeUpload(upload));
  }
}
