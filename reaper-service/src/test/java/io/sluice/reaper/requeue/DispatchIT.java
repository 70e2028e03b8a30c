package io.sluice.reaper.requeue;

import static io.sluice.reaper.Rows.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Retries whose time has come.
class DispatchIT {

  private static final String DUE = "next_attempt_at = " + ago(Duration.ofSeconds(1));
  private static final String NOT_DUE = "next_attempt_at = now() + interval '1 hour'";
  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  @Test
  void aPartIsEnqueuedWhenItsNextTryIsDueAndNotBefore() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 0, DUE + ", attempts = 3, last_error = 'why'");
    rows.chunks(upload, 1, 1, NOT_DUE);
    rows.chunks(upload, 2, 2, "attempts = 0");

    Run run = REAPER.run(StepName.DISPATCH);

    assertThat(run.count(Repair.DUE_PART)).isOne();
    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkRow(upload, 0))
        .returns(null, ChunkRow::nextAttemptAt)
        .returns(3, ChunkRow::attempts)
        .returns("why", ChunkRow::lastError);
    assertThat(rows.enqueuedAt(upload, 0)).isNotNull();
    assertThat(rows.chunkRow(upload, 1).nextAttemptAt()).isNotNull();
    assertThat(rows.chunkRow(upload, 2).enqueuedAt()).isNull();
  }

  @Test
  void aSecondRunFindsNothing() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.COMPLETING, 8).perPart(4));
    rows.chunks(upload, 0, 7, DUE);
    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.DUE_PART)).isEqualTo(2);
    List<ChunkRow> after = rows.chunkRows(upload);

    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();

    assertThat(REAPER.jobs().partsOf(upload)).containsExactlyInAnyOrder(0, 1);
    assertThat(rows.chunkRows(upload)).isEqualTo(after);
  }

  @Test
  void aDamagedChunkIsLookedAtAgainAndAgainHoweverItsJobsEnd() throws Exception {
    UUID upload = rows.upload(UploadStatus.COMPLETING, 1);
    rows.chunks(upload, 0, 0, "status = 'DAMAGED', " + DUE);

    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.DUE_PART)).isOne();
    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkColumn("enqueued_at", upload, 0)).isNull();
    assertThat(rows.chunkColumn("next_attempt_at > now() + interval '4 minutes'", upload, 0))
        .isEqualTo("true");

    // Nobody heard of the job any more.
    rows.set(upload, 0, 0, "next_attempt_at = next_attempt_at - interval '5 minutes'");
    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.DUE_PART)).isOne();
    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0, 0);
  }

  @Test
  void aPartWithDamagedAndStoredChunksGetsItsJob() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 4).perPart(4));
    rows.chunks(upload, 0, 3, "attempts = 0");
    rows.set(upload, 0, 1, Rows.stored());
    rows.set(upload, 2, 2, "status = 'DAMAGED', " + DUE);

    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.DUE_PART)).isOne();

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkColumn("enqueued_at", upload, 3)).isNotNull();
  }

  @Test
  void aDamagedChunkOfAPartThatLacksOthersIsNotForgotten() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 4).perPart(4));
    rows.chunks(upload, 0, 2, DUE);
    rows.set(upload, 1, 1, "status = 'DAMAGED'");

    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.chunkColumn("next_attempt_at", upload, 0)).isNull();
    assertThat(rows.chunkColumn("next_attempt_at > now()", upload, 1)).isEqualTo("true");
  }

  @Test
  void theRetryOfAnUploadThatEndedIsForgotten() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 1);
    rows.chunks(upload, 0, 0, DUE);
    rows.set(upload, "status = 'ABORTED', enqueued_at = now()");

    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.chunkRow(upload, 0).nextAttemptAt()).isNull();
  }

  @Test
  void aDueFinaliseIsEnqueued() throws Exception {
    UUID due = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(due, DUE + ", attempts = 2");
    UUID notDue = rows.upload(UploadStatus.COMPLETING, 3);
    rows.set(notDue, NOT_DUE);

    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.FINALIZE)).isOne();
    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();

    assertThat(REAPER.jobs().of(due)).containsExactly(new Job.FinalizeUpload(due));
    assertThat(rows.column("attempts", due)).isEqualTo("2");
    assertThat(rows.column("enqueued_at", due)).isNotNull();
    assertThat(rows.column("next_attempt_at", due)).isNull();
    assertThat(REAPER.jobs().of(notDue)).isEmpty();
    assertThat(rows.column("next_attempt_at", notDue)).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void aDuePurgeIsEnqueued(UploadStatus status) throws Exception {
    UUID due = rows.upload(status, 3);
    rows.set(due, DUE);
    UUID purged = rows.upload(status, 3);
    rows.set(purged, DUE + ", purged_at = now()");

    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.PURGE)).isOne();

    assertThat(REAPER.jobs().of(due)).containsExactly(new Job.PurgeUpload(due));
    assertThat(REAPER.jobs().of(purged)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"INITIATED", "IN_PROGRESS", "COMPLETED"})
  void noOtherUploadHasAJobOfItsOwn(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, DUE);

    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }
}
