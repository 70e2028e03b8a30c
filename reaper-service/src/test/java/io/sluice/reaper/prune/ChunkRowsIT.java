package io.sluice.reaper.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkRowsIT {

  private static final Duration LONG_AGO = Duration.ofDays(2);
  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  private UUID stored(UploadStatus status, int chunks, Duration age) {
    UUID upload = rows.upload(Upload.of(status, chunks).aged(age));
    REAPER.sql(
        """
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
        select '%s', n, 1, 1, 1, 'k', 'STAGED' from generate_series(0, %d) n
        """
            .formatted(upload, chunks - 1),
        "update chunks set status = 'STORED', etag = 'e', stored_at = now() where upload_id = '%s'"
            .formatted(upload));
    return upload;
  }

  @Test
  void theChunksOfAFileFinishedLongAgoAreForgottenAndTheFileIsNot() throws Exception {
    UUID upload = stored(UploadStatus.COMPLETED, 3, LONG_AGO);

    assertThat(REAPER.run(StepName.PRUNE).count(Repair.CHUNK_ROW)).isEqualTo(3);

    assertThat(rows.chunkRows(upload)).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.COMPLETED);
    assertThat(REAPER.run(StepName.PRUNE).counts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(PlaceKind.class)
  void noneIsForgottenWhileAPlaceForbidsRemovals(PlaceKind place) throws Exception {
    UUID upload = stored(UploadStatus.COMPLETED, 3, LONG_AGO);
    REAPER.guard().forbid(place);

    assertThat(REAPER.run(StepName.PRUNE).counts()).isEmpty();
    assertThat(rows.chunkRows(upload)).hasSize(3);
  }

  @Test
  void aFileFinishedTodayKeepsThemEvenIfItBeganLongAgo() throws Exception {
    UUID young = stored(UploadStatus.COMPLETED, 3, Duration.ofHours(1));
    UUID slow = stored(UploadStatus.COMPLETED, 3, LONG_AGO);
    rows.set(slow, "completed_at = now() - interval '1 hour'");

    assertThat(REAPER.run(StepName.PRUNE).counts()).isEmpty();

    assertThat(rows.chunkRows(young)).hasSize(3);
    assertThat(rows.chunkRows(slow)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_PROGRESS", "COMPLETING", "FAILED", "ABORTED", "DELETED"})
  void whatIsStillInFlightOrNotPurgedKeepsThemHoweverOldItIs(UploadStatus status) throws Exception {
    UUID upload = stored(status, 3, Duration.ofDays(400));

    assertThat(REAPER.run(StepName.PRUNE).counts()).isEmpty();
    assertThat(rows.chunkRows(upload)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void thoseOfAnUploadPurgedLongAgoAreForgotten(UploadStatus status) throws Exception {
    UUID upload = stored(status, 3, LONG_AGO);
    rows.set(upload, "purged_at = now() - interval '25 hours'");

    assertThat(REAPER.run(StepName.PRUNE).count(Repair.CHUNK_ROW)).isEqualTo(3);
    assertThat(rows.chunkRows(upload)).isEmpty();
  }

  @Test
  void manyChunksOfOneUploadAndManyUploadsOfOneChunkAllGo() throws Exception {
    stored(UploadStatus.COMPLETED, 2500, LONG_AGO);
    UUID unknownSize = stored(UploadStatus.ABORTED, 1200, LONG_AGO);
    rows.set(
        unknownSize,
        "purged_at = now() - interval '25 hours', file_size_bytes = null, total_chunks = null");
    for (int i = 0; i < 450; i++) {
      stored(UploadStatus.COMPLETED, 1, LONG_AGO);
    }
    UUID alive = stored(UploadStatus.IN_PROGRESS, 5, LONG_AGO);

    assertThat(REAPER.run(StepName.PRUNE).count(Repair.CHUNK_ROW)).isEqualTo(2500 + 1200 + 450);

    assertThat(rows.count("chunks")).isEqualTo(5);
    assertThat(rows.chunkRows(alive)).hasSize(5);
  }
}
