package io.sluice.acceptance.facts;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads [DatabaseFacts] in one snapshot.
public final class DatabaseReader {

  private static final String UPLOADS =
      """
      select id, owner_id, file_name, status, file_size_bytes, chunk_size_bytes, total_chunks, chunks_per_part,
             origin, auto_complete, sha256, crc32c, etag, object_key,
             multipart_id, stored_chunks, end_code, purged_at is not null as purged,
             extract(epoch from now() - updated_at)::bigint as idle_seconds
      from uploads
      """;
  private static final String CHUNKS =
      """
      select upload_id, chunk_index, size_bytes, crc32c, crc32, sha256, staging_key, status,
             enqueued_at is not null as enqueued, next_attempt_at is not null as waits_for_retry,
             attempts, last_error
      from chunks order by upload_id, chunk_index
      """;
  private static final String CHANGES =
      "select id, upload_id, from_status, to_status, at from upload_events order by id";
  private static final String DEAD_LETTERS =
      """
      select job_type, upload_id, cause, detail from dead_letters
      where replayed_at is null and resolved_at is null
      """;

  private DatabaseReader() {}

  /// Reads everything.
  ///
  /// @param jdbcUrl with user and password
  public static DatabaseFacts read(String jdbcUrl) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Map<UUID, UploadFact> uploads = new HashMap<>();
      for (UploadFact upload : query(connection, UPLOADS, DatabaseReader::upload)) {
        uploads.put(upload.id(), upload);
      }
      Map<UUID, List<ChunkFact>> chunks = new HashMap<>();
      for (ChunkFact chunk : query(connection, CHUNKS, DatabaseReader::chunk)) {
        chunks.computeIfAbsent(chunk.uploadId(), id -> new ArrayList<>()).add(chunk);
      }
      Map<UUID, List<StateChange>> changes = new HashMap<>();
      for (StateChange change : query(connection, CHANGES, DatabaseReader::change)) {
        changes.computeIfAbsent(change.uploadId(), id -> new ArrayList<>()).add(change);
      }
      List<DeadLetter> deadLetters = query(connection, DEAD_LETTERS, DatabaseReader::deadLetter);
      connection.rollback();
      return new DatabaseFacts(uploads, chunks, changes, deadLetters);
    }
  }

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> query(Connection connection, String sql, Row<T> reading)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reading.read(rows));
      }
      return read;
    }
  }

  private static UploadFact upload(ResultSet row) throws SQLException {
    return new UploadFact(
        row.getObject("id", UUID.class),
        row.getString("owner_id"),
        row.getString("file_name"),
        row.getString("status"),
        nullable(row, "file_size_bytes", Long.class),
        row.getLong("chunk_size_bytes"),
        nullable(row, "total_chunks", Integer.class),
        row.getInt("chunks_per_part"),
        row.getString("origin"),
        row.getBoolean("auto_complete"),
        nullable(row, "sha256", String.class),
        nullable(row, "crc32c", Integer.class),
        nullable(row, "etag", String.class),
        row.getString("object_key"),
        nullable(row, "multipart_id", String.class),
        row.getInt("stored_chunks"),
        nullable(row, "end_code", String.class),
        row.getBoolean("purged"),
        row.getLong("idle_seconds"));
  }

  private static ChunkFact chunk(ResultSet row) throws SQLException {
    return new ChunkFact(
        row.getObject("upload_id", UUID.class),
        row.getInt("chunk_index"),
        row.getLong("size_bytes"),
        row.getInt("crc32c"),
        row.getInt("crc32"),
        nullable(row, "sha256", String.class),
        row.getString("staging_key"),
        row.getString("status"),
        row.getBoolean("enqueued"),
        row.getBoolean("waits_for_retry"),
        row.getInt("attempts"),
        nullable(row, "last_error", String.class));
  }

  private static StateChange change(ResultSet row) throws SQLException {
    return new StateChange(
        row.getLong("id"),
        row.getObject("upload_id", UUID.class),
        row.getString("from_status"),
        row.getString("to_status"),
        row.getTimestamp("at").toInstant());
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("job_type"),
        nullable(row, "upload_id", UUID.class),
        row.getString("cause"),
        nullable(row, "detail", String.class));
  }

  private static <T> @Nullable T nullable(ResultSet row, String column, Class<T> type)
      throws SQLException {
    return row.getObject(column, type);
  }
}
