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
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequeueIT {

  private static final Duration LONG_AGO = Duration.ofMinutes(1);

  private final ReaperFixture reaper = ReaperFixture.local();
  private final Rows rows = reaper.rows();

  @AfterEach
  void stop() {
    reaper.close();
  }

  @Test
  void aStagedChunkWhoseJobIsNotInTheQueueIsEnqueuedAgain() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 0, "enqueued_at = " + ago(LONG_AGO));

    Run run = reaper.run(StepName.REQUEUE);

    assertThat(run.count(Repair.LOST_PART)).isOne();
    assertThat(reaper.jobs().in(Lane.HEAVY))
        .containsExactly(
            new PendingJob(
                new Job.StorePart(upload, 0, null, Lane.HEAVY), rows.enqueuedAt(upload, 0)));
    assertThat(rows.enqueuedAt(upload, 0)).isAfter(rows.now().minusSeconds(10));
  }

  @Test
  void aSecondRunFindsNothing() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 2, "enqueued_at = " + ago(LONG_AGO));
    reaper.run(StepName.REQUEUE);
    List<ChunkRow> after = rows.chunkRows(upload);

    Run again = reaper.run(StepName.REQUEUE);

    assertThat(again.counts()).isEmpty();
    assertThat(reaper.jobs().all()).hasSize(3);
    assertThat(rows.chunkRows(upload)).isEqualTo(after);
  }

  @Test
  void aChunkEnqueuedJustNowIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 0, "enqueued_at = " + ago(Duration.ofSeconds(10)));

    assertThat(reaper.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(reaper.jobs().all()).isEmpty();
  }

  @Test
  void whatIsStoredOrGivenUpIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 1, "enqueued_at = " + ago(LONG_AGO));
    rows.set(upload, 0, 0, Rows.stored());
    rows.set(upload, 1, 1, "status = 'FAILED'");

    assertThat(reaper.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(reaper.jobs().all()).isEmpty();
    assertThat(rows.chunkRows(upload))
        .extracting(ChunkRow::status)
        .containsExactly(ChunkStatus.STORED, ChunkStatus.FAILED);
  }
}
