package io.sluice.gateway.upload;

import io.sluice.gateway.content.ContentPolicy;
import io.sluice.metadata.commit.GroupCommit;
import io.sluice.metadata.upload.UserMetadataColumn;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.object.ObjectKeys;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of uploads that begin: one commit for all that arrive while another is on its way.
@Repository
class BeginningRows {

  private static final int MOST_UPLOADS = 500;

  private static final String INSERT =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, auto_complete, content_type, metadata, declared_sha256,
          storage_element, object_key, expires_at)
      select id, owner_id, file_name, file_size, chunk_size, total_chunks,
          chunks_per_part, 'INITIATED', 'CHUNKED', auto_complete, :contentType, cast(metadata as jsonb),
          declared_sha256, 'default', object_key, now() + make_interval(secs => :ttlSeconds)
      from unnest(
          cast(:ids as uuid[]), cast(:ownerIds as text[]), cast(:fileNames as text[]),
          cast(:fileSizes as bigint[]), cast(:chunkSizes as bigint[]), cast(:totalChunks as int[]),
          cast(:chunksPerPart as int[]), cast(:autoComplete as boolean[]), cast(:metadata as text[]),
          cast(:declaredSha256s as text[]), cast(:objectKeys as text[]))
        as b(id, owner_id, file_name, file_size, chunk_size, total_chunks, chunks_per_part,
             auto_complete, metadata, declared_sha256, object_key)
      returning id, expires_at
      """;

  /// An upload as it begins.
  record Entry(UUID id, String ownerId, NewUpload upload, ChunkPlan plan) {}

  private final JdbcClient jdbc;
  private final UploadSettings settings;
  private final GroupCommit<Entry, Instant> group =
      new GroupCommit<>(this::insert, entry -> 1, MOST_UPLOADS);

  BeginningRows(JdbcClient jdbc, UploadSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /// Commits an upload, perhaps with others.
  ///
  /// @return when it expires
  /// @throws InterruptedException it may be committed, now or soon
  Instant commit(Entry entry) throws InterruptedException {
    return group.commit(List.of(entry)).getFirst();
  }

  /// The same in the caller's own transaction.
  Instant insert(Entry entry) {
    return insert(List.of(entry)).getFirst();
  }

  private List<Instant> insert(List<Entry> entries) {
    Map<UUID, Instant> expires = HashMap.newHashMap(entries.size());
    jdbc.sql(INSERT)
        .param("ids", texts(entries, entry -> entry.id().toString()))
        .param("ownerIds", texts(entries, Entry::ownerId))
        .param("fileNames", texts(entries, entry -> entry.upload().fileName()))
        .param("fileSizes", entries.stream().mapToLong(e -> e.plan().fileSizeBytes()).toArray())
        .param("chunkSizes", entries.stream().mapToLong(e -> e.plan().chunkSizeBytes()).toArray())
        .param("totalChunks", entries.stream().mapToInt(e -> e.plan().totalChunks()).toArray())
        .param("chunksPerPart", entries.stream().mapToInt(e -> e.plan().chunksPerPart()).toArray())
        .param("autoComplete", flags(entries))
        .param("metadata", texts(entries, e -> UserMetadataColumn.write(e.upload().metadata())))
        .param("declaredSha256s", texts(entries, entry -> entry.upload().declaredSha256()))
        .param("objectKeys", texts(entries, entry -> ObjectKeys.forUpload(entry.id())))
        .param("contentType", ContentPolicy.UNKNOWN)
        .param("ttlSeconds", settings.staleTtlSeconds())
        .query((row, number) ->
            expires.put(
                row.getObject("id", UUID.class),
                row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .list();
    return entries.stream().map(entry -> Objects.requireNonNull(expires.get(entry.id()))).toList();
  }

  private static boolean[] flags(List<Entry> entries) {
    boolean[] flags = new boolean[entries.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = entries.get(i).upload().autoComplete();
    }
    return flags;
  }

  private static @Nullable String[] texts(
      List<Entry> entries, Function<Entry, @Nullable String> text) {
    return entries.stream().map(text).toArray(String[]::new);
  }
}
