package io.sluice.metadata.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChunksIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final Chunks chunks = new Chunks(DATABASE.jdbc());
  private final UUID upload = DATABASE.upload(UploadStatus.IN_PROGRESS);

  @Test
  void everyColumnIsRead() {
    DATABASE.chunk(upload, 3, ChunkStatus.STAGED);
    DATABASE
        .jdbc()
        .sql(
            """
            update chunks set size_bytes = 5368709120, crc32c = -2, crc32 = 7,
              sha256 = repeat('0f', 32), staging_key = 'key', status = 'STORED', etag = '"tag"',
              enqueued_at = '2026-01-01T00:00:01.000001Z', attempts = 4,
              first_failed_at = '2026-01-01T00:00:02Z', last_error = 'why',
              staged_at = '2026-01-01T00:00:03Z', stored_at = '2026-01-01T00:00:04Z'
            where upload_id = :id
            """)
        .param("id", upload)
        .update();

    assertThat(chunks.range(upload, 3, 3))
        .containsExactly(
            new ChunkRow(
                upload,
                3,
                5368709120L,
                -2,
                7,
                "0f".repeat(32),
                "key",
                ChunkStatus.STORED,
                "\"tag\"",
                Instant.parse("2026-01-01T00:00:01.000001Z"),
                null,
                4,
                Instant.parse("2026-01-01T00:00:02Z"),
                "why",
                Instant.parse("2026-01-01T00:00:03Z"),
                Instant.parse("2026-01-01T00:00:04Z")));
  }

  @Test
  void whatIsUnknownIsNull() {
    DATABASE.chunk(upload, 0, ChunkStatus.STAGED);

    ChunkRow row = chunks.range(upload, 0, 0).getFirst();

    assertThat(row)
        .returns(null, ChunkRow::sha256)
        .returns(null, ChunkRow::etag)
        .returns(null, ChunkRow::enqueuedAt)
        .returns(null, ChunkRow::nextAttemptAt)
        .returns(null, ChunkRow::firstFailedAt)
        .returns(null, ChunkRow::lastError)
        .returns(null, ChunkRow::storedAt);
    assertThat(row.stagedAt()).isNotNull();
  }

  @Test
  void aRetryHasItsTime() {
    DATABASE.chunk(upload, 0, ChunkStatus.STAGED);
    DATABASE
        .jdbc()
        .sql("update chunks set next_attempt_at = '2026-01-01T00:00:05Z' where upload_id = :id")
        .param("id", upload)
        .update();

    assertThat(chunks.range(upload, 0, 0).getFirst().nextAttemptAt())
        .isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
  }

  @Test
  void aRangeIsInOrderAndHasNoOtherChunks() {
    UUID other = DATABASE.upload(UploadStatus.IN_PROGRESS);
    for (int index : List.of(5, 1, 3, 2, 6)) {
      DATABASE.chunk(upload, index, ChunkStatus.STAGED);
    }
    DATABASE.chunk(other, 4, ChunkStatus.STAGED);

    assertThat(chunks.range(upload, 2, 5))
        .extracting(ChunkRow::chunkIndex)
        .containsExactly(2, 3, 5);
    assertThat(chunks.range(upload, 7, 9)).isEmpty();
  }
}
