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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of a file that streams in over many chunks.
@Repository
class LongFileRows {

  /// The one configured store.
  static final String STORAGE_ELEMENT = "default";

  private static final Logger LOG = LoggerFactory.getLogger(LongFileRows.class);

  /// Born IN_PROGRESS, without a size; expires if its gateway dies.
  private static final String BEGIN =
      """
      insert into uploads (id, owner_id, file_name, chunk_size_bytes, chunks_per_part, status, origin,
          content_type, storage_element, object_key, expires_at)
      values (:id, :ownerId, :fileName, :chunkSize, 1, 'IN_PROGRESS', 'ONE_REQUEST', :contentType,
          :element, :objectKey, now() + interval '1 hour')
      """;

  /// 1 row: ours. 0: the upload expired meanwhile, or the bytes were sealed too long ago.
  private static final String ADD_CHUNK =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
      select id, :index, :size, :crc32c, :crc32, :stagingKey, 'STAGED'
      from uploads where id = :id and status = 'IN_PROGRESS' and %s
      for key share
      """
          .formatted(FileRows.STAGED_LATELY);

  private static final String STAY_ALIVE =
      """
      update uploads set expires_at = now() + interval '1 hour'
      where id = :id and status = 'IN_PROGRESS'
      """;

  /// 1 row: the file is there. 0: it expired meanwhile.
  private static final String SEAL =
      """
      update uploads
      set status = 'COMPLETING', file_size_bytes = :size, total_chunks = :totalChunks,
          chunks_per_part = :chunksPerPart, metadata = cast(:metadata as jsonb),
          sha256 = :sha256, crc32c = :crc32c, etag = :etag,
          listed_at = now(), updated_at = now()
      where id = :id and status = 'IN_PROGRESS'
      returning now()
      """;

  private static final String ABORT =
      """
      update uploads
      set status = 'ABORTED', end_code = 'request_broke_off', updated_at = now()
      where id = :id and status = 'IN_PROGRESS'
      """;

  private final JdbcClient jdbc;
  private final ObjectStore store;
  private final CommitWindow window;

  LongFileRows(JdbcClient jdbc, ObjectStore store, CommitWindow window) {
    this.jdbc = jdbc;
    this.store = store;
    this.window = window;
  }

  void begin(UUID id, NewFile file, String contentType, long chunkSizeBytes) {
    jdbc.sql(BEGIN)
        .param("id", id)
        .param("ownerId", file.ownerId())
        .param("fileName", file.fileName())
        .param("chunkSize", chunkSizeBytes)
        .param("contentType", contentType)
        .param("element", STORAGE_ELEMENT)
        .param("objectKey", ObjectKeys.forUpload(id))
        .update();
  }

  void addChunk(UUID id, int index, StagedBytes staged, Instant began) {
    int added =
        jdbc.sql(ADD_CHUNK)
            .param("id", id)
            .param("index", index)
            .param("size", staged.digest().sizeBytes())
            .param("crc32c", staged.digest().crc32c())
            .param("crc32", staged.digest().crc32())
            .param("stagingKey", staged.stagingKey())
            .param("began", began.atOffset(ZoneOffset.UTC))
            .param("windowSeconds", window.commitWindowSeconds())
            .update();
    if (added != 1) {
      throw new StaleBytesException();
    }
    jdbc.sql(STAY_ALIVE).param("id", id).update();
  }

  /// Makes the upload a file.
  ///
  /// @return since when, by the database
  Instant seal(StagedFile staged, UserMetadata metadata) {
    ChunkPlan plan = staged.plan(store.partLimits());
    return jdbc.sql(SEAL)
        .param("id", staged.id())
        .param("size", plan.fileSizeBytes())
        .param("totalChunks", plan.totalChunks())
        .param("chunksPerPart", plan.chunksPerPart())
        .param("metadata", UserMetadataColumn.write(metadata))
        .param("sha256", staged.sha256())
        .param("crc32c", staged.digest().crc32c())
        .param("etag", staged.etag())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant)
        .orElseThrow(StaleBytesException::new);
  }

  /// Best effort: what cannot be aborted now expires.
  void abort(UUID id) {
    try {
      jdbc.sql(ABORT).param("id", id).update();
    } catch (DataAccessException e) {
      LOG.atWarn()
          .addKeyValue("upload_id", id)
          .setCause(e)
          .log("a broken upload is left to expire");
    }
  }
}
