package io.sluice.reaper;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.model.upload.UploadStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts rows of any state and age into the database, and looks at them.
public final class Rows {

  /// What a test says of an upload; the rest is ordinary.
  ///
  /// @param age how long ago it began
  public record Upload(
      UploadStatus status,
      String origin,
      int totalChunks,
      int chunksPerPart,
      long chunkSizeBytes,
      Duration age) {

    /// An upload of so many chunks of 8 MiB.
    public static Upload of(UploadStatus status, int totalChunks) {
      return new Upload(status, "CHUNKED", totalChunks, 1, 8 << 20, Duration.ZERO);
    }

    public Upload perPart(int chunks) {
      return new Upload(status, origin, totalChunks, chunks, chunkSizeBytes, age);
    }

    public Upload chunkSize(long bytes) {
      return new Upload(status, origin, totalChunks, chunksPerPart, bytes, age);
    }

    public Upload inOneRequest() {
      return new Upload(status, "ONE_REQUEST", totalChunks, chunksPerPart, chunkSizeBytes, age);
    }

    public Upload aged(Duration since) {
      return new Upload(status, origin, totalChunks, chunksPerPart, chunkSizeBytes, since);
    }
  }

  private final JdbcClient jdbc;

  Rows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// An upload of so many chunks of 8 MiB.
  public UUID upload(UploadStatus status, int totalChunks) {
    return upload(Upload.of(status, totalChunks));
  }

  public UUID upload(Upload upload) {
    UUID id =
        jdbc.sql("select uuidv7(cast(:age as interval))")
            .param("age", "-" + upload.age().toSeconds() + " seconds")
            .query(UUID.class)
            .single();
    jdbc.sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, created_at, updated_at, expires_at)
            values (:id, 'ann', 'a.bin', :size, :chunkSize, :total, :perPart, 'INITIATED', :origin,
              'application/octet-stream', 'local', :key, now() - cast(:age as interval),
              now() - cast(:age as interval), now() + interval '1 day')
            """)
        .param("id", id)
        .param("size", upload.totalChunks() * upload.chunkSizeBytes())
        .param("chunkSize", upload.chunkSizeBytes())
        .param("total", upload.totalChunks())
        .param("perPart", upload.chunksPerPart())
        .param("origin", upload.origin())
        .param("key", objectKey(id))
        .param("age", upload.age().toSeconds() + " seconds")
        .update();
    for (UploadStatus step : way(upload.status())) {
      set(
          id,
          """
          status = '%s', end_code = case '%s' when 'FAILED' then 'file_checksum_mismatch' end,
          etag = '"e"', listed_at = now(), completed_at = now() - interval '%d seconds'
          """
              .formatted(step, step, upload.age().toSeconds()));
    }
    return id;
  }

  private static List<UploadStatus> way(UploadStatus to) {
    return switch (to) {
      case INITIATED -> List.of();
      case COMPLETED -> List.of(UploadStatus.COMPLETING, to);
      case DELETED -> List.of(UploadStatus.COMPLETING, UploadStatus.COMPLETED, to);
      default -> List.of(to);
    };
  }

  public static String objectKey(UUID upload) {
    String id = upload.toString();
    return id.substring(id.length() - 2) + "/" + id;
  }

  /// Changes an upload, in SQL.
  public void set(UUID upload, String assignments) {
    jdbc.sql("update uploads set " + assignments + " where id = :id").param("id", upload).update();
  }

  /// A STAGED chunk that nothing is being done about.
  public void chunk(UUID upload, int index) {
    chunk(upload, index, "none/" + upload + "." + index);
  }

  /// A STAGED chunk that nothing is being done about.
  public void chunk(UUID upload, int index, String stagingKey) {
    jdbc.sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key,
              status, staged_at)
            select id, :index, chunk_size_bytes, 1, 2, :key, 'STAGED', now() - interval '1 hour'
            from uploads where id = :id
            """)
        .param("id", upload)
        .param("index", index)
        .param("key", stagingKey)
        .update();
  }

  /// All chunks of an upload up to an index, STAGED, then changed in SQL.
  public void chunks(UUID upload, int first, int last, String assignments) {
    for (int index = first; index <= last; index++) {
      chunk(upload, index);
    }
    set(upload, first, last, assignments);
  }

  /// Changes chunks, in SQL.
  public void set(UUID upload, int first, int last, String assignments) {
    jdbc.sql(
            "update chunks set "
                + assignments
                + " where upload_id = :id and chunk_index between :first and :last")
        .param("id", upload)
        .param("first", first)
        .param("last", last)
        .update();
  }

  /// What a stored chunk is, in SQL.
  public static String stored() {
    return "status = 'STORED', etag = '\"e\"', stored_at = now(), enqueued_at = null";
  }

  /// A time before now, in SQL.
  public static String ago(Duration age) {
    return "now() - interval '" + age.toMillis() + " milliseconds'";
  }

  public UploadStatus status(UUID upload) {
    return UploadStatus.valueOf(text("status", upload));
  }

  /// A column of an upload as text.
  public @Nullable String column(String column, UUID upload) {
    return jdbc.sql("select cast(" + column + " as text) from uploads where id = :id")
        .param("id", upload)
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  private String text(String column, UUID upload) {
    String text = column(column, upload);
    if (text == null) {
      throw new IllegalStateException(column + " is null");
    }
    return text;
  }

  public ChunkRow chunkRow(UUID upload, int index) {
    return chunkRows(upload).stream()
        .filter(row -> row.chunkIndex() == index)
        .findFirst()
        .orElseThrow();
  }

  /// Since when a chunk is marked as enqueued, which it must be.
  public Instant enqueuedAt(UUID upload, int index) {
    return Objects.requireNonNull(chunkRow(upload, index).enqueuedAt());
  }

  /// A column of a chunk as text, of chunks of any status.
  public @Nullable String chunkColumn(String column, UUID upload, int index) {
    return jdbc.sql(
            "select cast("
                + column
                + " as text) from chunks where upload_id = :id and chunk_index = :index")
        .param("id", upload)
        .param("index", index)
        .query((row, number) -> Optional.ofNullable(row.getString(1)))
        .single()
        .orElse(null);
  }

  public List<ChunkRow> chunkRows(UUID upload) {
    return jdbc.sql("select * from chunks where upload_id = :id order by chunk_index")
        .param("id", upload)
        .query(Chunks.ROW)
        .list();
  }

  public long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  public Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }
}
