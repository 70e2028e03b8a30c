package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Shows one upload.
@Component
final class UploadViews {

  /// What is staged is counted in the two partial indexes that hold nothing else, so that the cost
  /// does not grow with what is stored already.
  private static final String FIND =
      """
      select u.*,
          (select count(*) from chunks c where c.upload_id = u.id and c.status = 'STAGED'
              and (c.enqueued_at is not null or c.next_attempt_at is not null))
          + (select count(*) from chunks c where c.upload_id = u.id and c.status = 'STAGED'
              and c.enqueued_at is null and c.next_attempt_at is null) as staged_chunks,
          (select c.status from chunks c
              where c.upload_id = u.id and c.chunk_index = u.total_chunks - 1) as last_chunk,
          (select count(*) from chunks c where c.upload_id = u.id and c.status = 'DAMAGED')
              as damaged_chunks
      from uploads u
      where u.id = :id and u.owner_id = :ownerId
      """;

  private static final int MOST_DAMAGED_SHOWN = 100;

  private final JdbcClient jdbc;
  private final MissingChunks missing;

  UploadViews(JdbcClient jdbc, MissingChunks missing) {
    this.jdbc = jdbc;
    this.missing = missing;
  }

  UploadView find(UUID id, String ownerId) {
    return jdbc.sql(FIND)
        .param("id", id)
        .param("ownerId", ownerId)
        .query((row, number) -> view(row))
        .optional()
        .orElseThrow(ProblemException::notFound);
  }

  private UploadView view(ResultSet row) throws SQLException {
    String lastChunk = row.getString("last_chunk");
    Progress progress =
        new Progress(
            row.getObject("file_size_bytes", Long.class),
            row.getLong("chunk_size_bytes"),
            row.getObject("total_chunks", Integer.class),
            row.getInt("staged_chunks"),
            row.getInt("stored_chunks"),
            lastChunk == null ? null : ChunkStatus.valueOf(lastChunk));
    UploadStatus status = UploadStatus.valueOf(row.getString("status"));
    int damagedChunks = row.getInt("damaged_chunks");
    boolean whole = status == UploadStatus.COMPLETED || status == UploadStatus.DELETED;
    return new UploadView(
        row.getObject("id", UUID.class),
        row.getString("file_name"),
        status,
        progress.fileSize(),
        progress.chunkSize(),
        progress.totalChunks(),
        progress.stagedChunks(),
        progress.storedChunks(),
        damagedChunks,
        damagedChunks == 0
            ? List.of()
            : missing.damaged(row.getObject("id", UUID.class), 0, MOST_DAMAGED_SHOWN),
        progress.bytesReceived(),
        progress.bytesStored(),
        whole || progress.stagedChunks() + progress.storedChunks() > 0 ? progress.share() : 0,
        instant(row, "created_at"),
        instant(row, "updated_at"),
        instant(row, "expires_at"),
        failure(row.getString("end_code"), row.getString("end_detail")));
  }

  private static UploadView.@Nullable Failure failure(
      @Nullable String code, @Nullable String detail) {
    return code == null ? null : new UploadView.Failure(code, detail == null ? "" : detail);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
