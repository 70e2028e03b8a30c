package io.sluice.gateway.file;

import io.sluice.gateway.chunk.CommitWindow;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.metadata.upload.UserMetadataColumn;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagedBytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of a file of at most one chunk: upload and chunk in one statement, one commit.
@Repository
class FileRows {

  /// As for chunks: bytes that were sealed long ago may have been swept since, so the database refuses
  /// them by its own clock.
  static final String STAGED_LATELY =
      "cast(:began as timestamptz) > clock_timestamp() - make_interval(secs => cast(:windowSeconds as int))";

  /// 1 row: committed. 0: the bytes were sealed too long ago. An empty file has no chunk, so its job is
  /// to be finalised, and is marked as enqueued on the upload itself.
  private static final String INSERT =
      """
      with file as (
        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
            chunks_per_part, status, origin, content_type, metadata, sha256, crc32c, etag,
            storage_element, object_key, expires_at, listed_at, enqueued_at)
        select :id, :ownerId, :fileName, :size, :chunkSize, :totalChunks, :chunksPerPart,
            'COMPLETING', 'ONE_REQUEST', :contentType, cast(:metadata as jsonb), :sha256, :crc32c,
            :etag, :element, :objectKey, now(), now(), case when :totalChunks = 0 then now() end
        where %s
        returning id),
      chunk as (
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status,
            enqueued_at)
        select id, 0, :size, :crc32c, :crc32, :stagingKey, 'STAGED', now()
        from file where :totalChunks > 0)
      select now() from file
      """
          .formatted(STAGED_LATELY);

  private final JdbcClient jdbc;
  private final ObjectStore store;
  private final CommitWindow window;

  FileRows(JdbcClient jdbc, ObjectStore store, CommitWindow window) {
    this.jdbc = jdbc;
    this.store = store;
    this.window = window;
  }

  /// Commits both rows.
  ///
  /// @return when, by the database
  Instant insert(StagedFile staged, UserMetadata metadata) {
    ChunkPlan plan = staged.plan(store.partLimits());
    return jdbc.sql(INSERT)
        .param("id", staged.id())
        .param("ownerId", staged.file().ownerId())
        .param("fileName", staged.file().fileName())
        .param("size", plan.fileSizeBytes())
        .param("chunkSize", plan.chunkSizeBytes())
        .param("totalChunks", plan.totalChunks())
        .param("chunksPerPart", plan.chunksPerPart())
        .param("contentType", staged.contentType())
        .param("metadata", UserMetadataColumn.write(metadata))
        .param("sha256", staged.sha256())
        .param("crc32c", staged.digest().crc32c())
        .param("crc32", staged.digest().crc32())
        .param("etag", staged.etag())
        .param("element", LongFileRows.STORAGE_ELEMENT)
        .param("objectKey", ObjectKeys.forUpload(staged.id()))
        .param("stagingKey", staged.onlyChunk().map(StagedBytes::stagingKey).orElse(""))
        .param("began", staged.began().atOffset(ZoneOffset.UTC))
        .param("windowSeconds", window.commitWindowSeconds())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant)
        .orElseThrow(StaleBytesException::new);
  }

  boolean exists(UUID id) {
    return jdbc.sql("select exists (select 1 from uploads where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }
}
