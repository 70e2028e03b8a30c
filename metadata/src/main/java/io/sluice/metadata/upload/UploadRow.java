package io.sluice.metadata.upload;

import io.sluice.metadata.time.TimeColumn;
import io.sluice.model.upload.UploadStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/// Maps `select *` of an upload.
final class UploadRow implements RowMapper<Upload> {

  @Override
  public Upload mapRow(ResultSet row, int number) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        row.getString("owner_id"),
        row.getString("file_name"),
        row.getObject("file_size_bytes", Long.class),
        row.getLong("chunk_size_bytes"),
        row.getObject("total_chunks", Integer.class),
        row.getInt("chunks_per_part"),
        UploadStatus.valueOf(row.getString("status")),
        UploadOrigin.valueOf(row.getString("origin")),
        row.getBoolean("auto_complete"),
        row.getString("content_type"),
        UserMetadataColumn.read(row.getString("metadata")),
        row.getString("declared_sha256"),
        row.getString("sha256"),
        row.getObject("crc32c", Integer.class),
        row.getString("etag"),
        row.getString("storage_element"),
        row.getString("object_key"),
        row.getString("multipart_id"),
        row.getInt("stored_chunks"),
        row.getString("end_code"),
        row.getString("end_detail"),
        row.getInt("attempts"),
        TimeColumn.find(row, "enqueued_at"),
        TimeColumn.find(row, "next_attempt_at"),
        TimeColumn.find(row, "first_failed_at"),
        row.getString("last_error"),
        TimeColumn.get(row, "created_at"),
        TimeColumn.get(row, "updated_at"),
        TimeColumn.get(row, "expires_at"),
        TimeColumn.find(row, "completed_at"),
        TimeColumn.find(row, "listed_at"),
        TimeColumn.find(row, "purged_at"));
  }
}
