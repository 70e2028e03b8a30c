package io.sluice.reaper.requeue;

import static io.sluice.reaper.Rows.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Parts that are marked as enqueued and are not in the queue.
class LostPartsIT {

  private static final Duration LONG_AGO = Duration.ofMinutes(10);

  @RegisterExtension
  private static final ReaperFixture REAPER =
      ReaperFixture.local("sluice.reaper.requeue.lost-after-seconds=300");

  private final Rows rows = REAPER.rows();

  @Test
  void aChunkWhoseJobIsNotInTheQueueIsEnqueuedAgain() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 0, "enqueued_at = " + ago(LONG_AGO));

    Run run = REAPER.run(StepName.REQUEUE);

    assertThat(run.count(Repair.LOST_PART)).isOne();
    assertThat(REAPER.jobs().in(Lane.HEAVY))
        .filteredOn(pending -> pending.job().uploadId().equals(upload))
        .containsExactly(
            new PendingJob(
                new Job.StorePart(upload, 0, null, Lane.HEAVY), rows.enqueuedAt(upload, 0)));
    assertThat(rows.enqueuedAt(upload, 0)).isAfter(rows.now().minusSeconds(60));
  }

  @Test
  void aSecondRunFindsNothing() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 2, "enqueued_at = " + ago(LONG_AGO));
    REAPER.run(StepName.REQUEUE);
    List<ChunkRow> after = rows.chunkRows(upload);

    Run again = REAPER.run(StepName.REQUEUE);

    assertThat(again.counts()).isEmpty();
    assertThat(REAPER.jobs().partsOf(upload)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(rows.chunkRows(upload)).isEqualTo(after);
  }

  @Test
  void aChunkEnqueuedJustNowIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 0, "enqueued_at = now()");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }

  @Test
  void whatIsStoredIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 1, "enqueued_at = " + ago(LONG_AGO));
    rows.set(upload, 0, 1, Rows.stored());

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.chunkRows(upload))
        .extracting(ChunkRow::status)
        .containsOnly(ChunkStatus.STORED);
  }

  @Test
  void anUploadThatIsBeingCompletedIsLookedAfterToo() throws Exception {
    UUID upload = rows.upload(UploadStatus.COMPLETING, 1);
    rows.chunks(upload, 0, 0, "enqueued_at = " + ago(LONG_AGO));

    REAPER.run(StepName.REQUEUE);

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
  }

  @Test
  void theChunksOfOnePartGetOneJob() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 10).perPart(4));
    rows.chunks(upload, 4, 9, "enqueued_at = " + ago(LONG_AGO));

    Run run = REAPER.run(StepName.REQUEUE);

    assertThat(run.count(Repair.LOST_PART)).isEqualTo(2);
    assertThat(REAPER.jobs().partsOf(upload)).containsExactlyInAnyOrder(1, 2);
    assertThat(rows.chunkRows(upload))
        .allMatch(row -> row.enqueuedAt() != null && row.enqueuedAt().isAfter(row.stagedAt()));
  }

  @Test
  void aPartThatIsNotWholeAnyMoreWaitsForItsClient() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 8).perPart(4));
    rows.chunks(upload, 0, 1, "enqueued_at = " + ago(LONG_AGO));
    rows.chunks(upload, 3, 6, "enqueued_at = " + ago(LONG_AGO));

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.chunkRows(upload)).extracting(ChunkRow::enqueuedAt).containsOnlyNulls();
    assertThat(rows.chunkRows(upload))
        .hasSize(6)
        .extracting(ChunkRow::status)
        .containsOnly(ChunkStatus.STAGED);
  }

  /// The object was lost: whoever stores it again needs every chunk, and looks for the damaged one again.
  @Test
  void aPartThatHoldsADamagedChunkIsWholeAllTheSame() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 4).perPart(4));
    rows.chunks(upload, 0, 3, "enqueued_at = " + ago(LONG_AGO));
    rows.set(upload, 0, 0, Rows.stored());
    rows.set(upload, 1, 1, "status = 'DAMAGED', enqueued_at = null");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.LOST_PART)).isOne();

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkColumn("enqueued_at", upload, 0)).isNull();
    assertThat(rows.chunkColumn("enqueued_at", upload, 1)).isNull();
    assertThat(rows.chunkColumn("next_attempt_at", upload, 1)).isNotNull();
    assertThat(rows.chunkColumn("enqueued_at", upload, 2)).isNotNull();
  }

  @Test
  void chunksOfAnEndedUploadAreTakenOutOfTheBooks() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 2);
    rows.chunks(upload, 0, 1, "enqueued_at = " + ago(LONG_AGO));
    rows.set(upload, "status = 'ABORTED', enqueued_at = now()");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.chunkRows(upload)).extracting(ChunkRow::enqueuedAt).containsOnlyNulls();
  }

  @Test
  void whatAWorkerHoldsIsPassedOverAndNotWaitedFor() throws Exception {
    UUID held = rows.upload(UploadStatus.IN_PROGRESS, 1);
    UUID free = rows.upload(UploadStatus.IN_PROGRESS, 1);
    rows.chunks(held, 0, 0, "enqueued_at = " + ago(LONG_AGO));
    rows.chunks(free, 0, 0, "enqueued_at = " + ago(LONG_AGO));

    REAPER.whileHolding(
        "update chunks set attempts = attempts + 1 where upload_id = '" + held + "'",
        () -> REAPER.run(StepName.REQUEUE));

    assertThat(REAPER.jobs().of(held)).isEmpty();
    assertThat(REAPER.jobs().partsOf(free)).containsExactly(0);

    REAPER.run(StepName.REQUEUE);
    assertThat(REAPER.jobs().partsOf(held)).containsExactly(0);
  }

  @Test
  void moreThanABatchIsEnqueuedEachOnce() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 1300);
    rows.chunks(upload, 0, 1299, "enqueued_at = " + ago(LONG_AGO));

    Run run = REAPER.run(StepName.REQUEUE);

    assertThat(run.count(Repair.LOST_PART)).isEqualTo(1300);
    assertThat(REAPER.jobs().partsOf(upload))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1300).boxed().toList());
  }

  @Test
  void aRunThatMayNotGoOnEndsAfterItsBatch() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 700);
    rows.chunks(upload, 0, 699, "enqueued_at = " + ago(LONG_AGO));

    Run run = REAPER.runAllowing(StepName.REQUEUE, 1);

    assertThat(run.count(Repair.LOST_PART)).isEqualTo(500);
    assertThat(rows.count("chunks where enqueued_at < now() - interval '9 minutes'"))
        .isEqualTo(200);
  }
}
