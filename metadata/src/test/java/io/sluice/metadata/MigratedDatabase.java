package io.sluice.metadata;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database of its own with nothing in it but the schema.
public final class MigratedDatabase {

  private final String url = EmbeddedStack.freshDatabase();
  private final JdbcClient jdbc;

  public MigratedDatabase() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    Flyway.configure().dataSource(dataSource).load().migrate();
    this.jdbc = JdbcClient.create(dataSource);
  }

  public String url() {
    return url;
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /// Puts in an upload of ten chunks that is in the given state, by legal steps or none.
  public UUID upload(UploadStatus status) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, expires_at)
            values (:id, 'ann', 'a.bin', 100, 10, 10, 1, 'INITIATED', 'CHUNKED',
              'application/octet-stream', 'local', :key, now() + interval '1 day')
            """)
        .param("id", id)
        .param("key", id.toString())
        .update();
    switch (status) {
      case INITIATED -> {}
      case DELETED -> steps(id, UploadStatus.COMPLETING, UploadStatus.COMPLETED, status);
      case COMPLETED -> steps(id, UploadStatus.COMPLETING, status);
      default -> steps(id, status);
    }
    return id;
  }

  private void steps(UUID id, UploadStatus... statuses) {
    for (UploadStatus status : statuses) {
      step(id, status);
    }
  }

  /// Sets the state of an upload and whatever the row must have in it.
  public int step(UUID id, UploadStatus status) {
    return jdbc.sql(
            """
            update uploads set status = :status, etag = '"e"', completed_at = now(), listed_at = now(),
              end_code = case when :status = 'FAILED' then 'file_checksum_mismatch' end
            where id = :id
            """)
        .param("id", id)
        .param("status", status.name())
        .update();
  }

  /// Puts in a chunk of an upload that is in the given state, by legal steps or none.
  public void chunk(UUID uploadId, int index, ChunkStatus status) {
    jdbc.sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
            values (:id, :index, 10, 1, 2, :id || '/' || :index, 'STAGED')
            """)
        .param("id", uploadId)
        .param("index", index)
        .update();
    if (status != ChunkStatus.STAGED) {
      chunkStep(uploadId, index, status);
    }
  }

  /// Sets the state of a chunk and whatever the row must have in it.
  public int chunkStep(UUID uploadId, int index, ChunkStatus status) {
    return jdbc.sql(
            """
            update chunks set status = :status, etag = '"e"', stored_at = now()
            where upload_id = :id and chunk_index = :index
            """)
        .param("id", uploadId)
        .param("index", index)
        .param("status", status.name())
        .update();
  }
}
