package io.sluice.worker.upload;

import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.upload.UploadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads uploads for jobs: one question for a whole batch.
@Component
public class WorkUploads {

  private static final String COLUMNS =
      """
      id, status, origin, file_size_bytes, chunk_size_bytes, total_chunks, chunks_per_part,
      content_type, declared_sha256, sha256, object_key, multipart_id, stored_chunks, attempts, first_failed_at,
      purged_at is not null as purged, updated_at
      """;

  private static final String FIND =
      "select " + COLUMNS + " from uploads where id = any(cast(:ids as uuid[]))";

  private final JdbcClient jdbc;

  WorkUploads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The uploads that exist of those asked for, in no order.
  public List<WorkUpload> find(Collection<UUID> ids) {
    String[] texts = ids.stream().distinct().map(UUID::toString).toArray(String[]::new);
    return jdbc.sql(FIND).param("ids", texts).query((row, number) -> map(row)).list();
  }

  /// One upload.
  public Optional<WorkUpload> find(UUID id) {
    return find(List.of(id)).stream().findFirst();
  }

  private static WorkUpload map(ResultSet row) throws SQLException {
    OffsetDateTime firstFailedAt = row.getObject("first_failed_at", OffsetDateTime.class);
    return new WorkUpload(
        row.getObject("id", UUID.class),
        UploadStatus.valueOf(row.getString("status")),
        UploadOrigin.valueOf(row.getString("origin")),
        row.getObject("file_size_bytes", Long.class),
        row.getLong("chunk_size_bytes"),
        row.getObject("total_chunks", Integer.class),
        row.getInt("chunks_per_part"),
        row.getString("content_type"),
        row.getString("declared_sha256"),
        row.getString("sha256"),
        row.getString("object_key"),
        row.getString("multipart_id"),
        row.getInt("stored_chunks"),
        row.getInt("attempts"),
        firstFailedAt == null ? null : firstFailedAt.toInstant(),
        row.getBoolean("purged"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
