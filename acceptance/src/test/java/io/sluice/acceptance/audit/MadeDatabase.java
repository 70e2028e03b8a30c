package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// The rows of a made-up world, in the product's real schema, past its guard where a test says so.
final class MadeDatabase implements AutoCloseable {

  private static final Path MIGRATIONS = Path.of("../metadata/src/main/resources/db/migration");

  private final String jdbcUrl;
  private final Connection connection;

  MadeDatabase(String jdbcUrl) throws SQLException, IOException {
    this.jdbcUrl = jdbcUrl;
    connection = DriverManager.getConnection(jdbcUrl);
    // Nobody pulls the plug on a made-up world.
    execute("set synchronous_commit = off");
    for (Path migration : migrations()) {
      execute(Files.readString(migration));
    }
  }

  /// By their numbers, which have one digit.
  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.sorted().toList();
    }
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  void empty() throws SQLException {
    force(
        """
        truncate chunks, chunk_checksums, uploads, upload_events, idempotency_keys, dead_letters
        restart identity\
        """);
  }

  void insert(MadeUpload upload) throws SQLException {
    List<String> states = upload.kind().states();
    Digest file = upload.digest();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, declared_sha256, sha256,
              crc32c, storage_element, object_key, stored_chunks, expires_at)
            values (?, 'owner', ?, ?, ?, ?, ?, ?, ?, 'text/plain', ?, ?, ?, 'default', ?, 0,
              now() + interval '1 day')
            """)) {
      insert.setObject(1, upload.id());
      insert.setString(2, upload.fileName());
      insert.setLong(3, upload.bytes().length);
      insert.setLong(4, upload.chunkSize());
      insert.setInt(5, upload.totalChunks());
      insert.setInt(6, upload.chunksPerPart());
      insert.setString(7, states.getFirst());
      insert.setString(8, upload.kind() == Kind.WHOLE ? "ONE_REQUEST" : "CHUNKED");
      insert.setString(9, upload.declaredSha256());
      insert.setString(10, upload.kind().isCompleted() ? file.sha256() : null);
      insert.setObject(11, upload.kind().isCompleted() ? file.crc32c() : null);
      insert.setString(12, upload.objectKey());
      insert.executeUpdate();
    }
    insertChunks(upload);
    for (String state : states.subList(1, states.size())) {
      execute(
          """
          update uploads set status = '%1$s', etag = '"e"', completed_at = now(), listed_at = now(),
            purged_at = case when '%1$s' in ('FAILED', 'ABORTED', 'DELETED') then now() end,
            end_code = case when '%1$s' = 'FAILED' then 'file_checksum_mismatch' end
          where id = '%2$s'
          """
              .formatted(state, upload.id()));
    }
    if (upload.kind() == Kind.PRUNED || upload.kind().isGone()) {
      execute("delete from chunks where upload_id = '%s'".formatted(upload.id()));
    }
  }

  private void insertChunks(MadeUpload upload) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, sha256,
              staging_key, status) values (?, ?, ?, ?, ?, ?, ?, 'STAGED')
            """)) {
      for (int index : upload.acknowledged()) {
        Digest chunk = Digest.of(upload.chunk(index));
        insert.setObject(1, upload.id());
        insert.setInt(2, index);
        insert.setLong(3, chunk.sizeBytes());
        insert.setInt(4, chunk.crc32c());
        insert.setInt(5, chunk.crc32());
        insert.setString(6, chunk.sha256());
        insert.setString(7, upload.stagingKey(index));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    if (upload.kind() != Kind.LEFT_IN_PART) {
      execute(
          """
          update chunks set status = 'STORED', etag = 'e', stored_at = now() where upload_id = '%s';
          update uploads set stored_chunks =
            (select count(*) from chunks where upload_id = id) where id = '%s'
          """
              .formatted(upload.id(), upload.id()));
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Past the triggers, as a bug in the guard itself would be.
  void force(String sql) throws SQLException {
    execute("set session_replication_role = replica");
    execute(sql);
    execute("set session_replication_role = origin");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
