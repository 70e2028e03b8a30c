package io.sluice.gateway.file;

import io.sluice.gateway.chunk.CommitWindow;
import io.sluice.metadata.upload.UserMetadataColumn;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagedBytes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of files of at most one chunk: the uploads and the chunks of any number of them in one
/// statement.
@Repository
class FileRows {

  /// As for chunks: bytes that were sealed long ago may have been swept since, so the database refuses
  /// them by its own clock.
  static final String STAGED_LATELY = stagedLately("cast(:began as timestamptz)");

  /// A file without a row was sealed too long ago. An empty file has no chunk, so its job is to be
  /// finalised, and is marked as enqueued on the upload itself.
  private static final String INSERT =
      """
      with f as (
        select * from unnest(
            cast(:ids as uuid[]), cast(:ownerIds as text[]), cast(:fileNames as text[]),
            cast(:sizes as bigint[]), cast(:chunkSizes as bigint[]), cast(:totalChunks as int[]),
            cast(:chunksPerPart as int[]), cast(:contentTypes as text[]), cast(:metadata as text[]),
            cast(:sha256s as text[]), cast(:crc32cs as int[]), cast(:crc32s as int[]),
            cast(:etags as text[]), cast(:objectKeys as text[]), cast(:stagingKeys as text[]),
            cast(:began as timestamptz[]))
          as f(id, owner_id, file_name, size, chunk_size, total_chunks, chunks_per_part, content_type,
               metadata, sha256, crc32c, crc32, etag, object_key, staging_key, began)
        where %s),
      file as (
        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
            chunks_per_part, status, origin, content_type, metadata, sha256, crc32c, etag,
            storage_element, object_key, expires_at, listed_at, enqueued_at)
        select id, owner_id, file_name, size, chunk_size, total_chunks,
            chunks_per_part, 'COMPLETING', 'ONE_REQUEST', content_type, cast(metadata as jsonb), sha256,
            crc32c, etag, :element, object_key, now(), now(), case when total_chunks = 0 then now() end
        from f),
      chunk as (
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status,
            enqueued_at)
        select id, 0, size, crc32c, crc32, staging_key, 'STAGED', now()
        from f where total_chunks > 0)
      select id, now() as at from f
      """
          .formatted(stagedLately("f.began"));

  private final JdbcClient jdbc;
  private final ObjectStore store;
  private final CommitWindow window;

  FileRows(JdbcClient jdbc, ObjectStore store, CommitWindow window) {
    this.jdbc = jdbc;
    this.store = store;
    this.window = window;
  }

  private static String stagedLately(String began) {
    return began + " > clock_timestamp() - make_interval(secs => cast(:windowSeconds as int))";
  }

  /// Inserts both rows of each file.
  ///
  /// @return for each file, in their order, when, by the database; empty for one whose bytes were sealed too
  ///     long ago
  List<Optional<Instant>> insert(List<FileRow> entries) {
    List<StagedFile> files = entries.stream().map(FileRow::staged).toList();
    List<ChunkPlan> plans = files.stream().map(file -> file.plan(store.partLimits())).toList();
    Map<UUID, Instant> committed = HashMap.newHashMap(files.size());
    jdbc.sql(INSERT)
        .param("ids", texts(files, file -> file.id().toString()))
        .param("ownerIds", texts(files, file -> file.file().ownerId()))
        .param("fileNames", texts(files, file -> file.file().fileName()))
        .param("sizes", plans.stream().mapToLong(ChunkPlan::fileSizeBytes).toArray())
        .param("chunkSizes", plans.stream().mapToLong(ChunkPlan::chunkSizeBytes).toArray())
        .param("totalChunks", plans.stream().mapToInt(ChunkPlan::totalChunks).toArray())
        .param("chunksPerPart", plans.stream().mapToInt(ChunkPlan::chunksPerPart).toArray())
        .param("contentTypes", texts(files, StagedFile::contentType))
        .param("metadata", texts(entries, entry -> UserMetadataColumn.write(entry.metadata())))
        .param("sha256s", texts(files, StagedFile::sha256))
        .param("crc32cs", files.stream().mapToInt(file -> file.digest().crc32c()).toArray())
        .param("crc32s", files.stream().mapToInt(file -> file.digest().crc32()).toArray())
        .param("etags", texts(files, StagedFile::etag))
        .param("objectKeys", texts(files, file -> ObjectKeys.forUpload(file.id())))
        .param("stagingKeys", texts(files, FileRows::stagingKey))
        .param("began", texts(files, file -> file.began().toString()))
        .param("element", LongFileRows.STORAGE_ELEMENT)
        .param("windowSeconds", window.commitWindowSeconds())
        .query((row, number) ->
            committed.put(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
    return files.stream().map(file -> Optional.ofNullable(committed.get(file.id()))).toList();
  }

  private static String stagingKey(StagedFile file) {
    return file.onlyChunk().map(StagedBytes::stagingKey).orElse("");
  }

  private static <T> String[] texts(List<T> items, Function<T, String> text) {
    return items.stream().map(text).toArray(String[]::new);
  }

  boolean exists(UUID id) {
    return jdbc.sql("select exists (select 1 from uploads where id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }
}
