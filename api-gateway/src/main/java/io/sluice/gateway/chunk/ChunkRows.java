package io.sluice.gateway.chunk;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.checksum.ByteDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The rows of chunks, as the gateway reads and writes them.
@Component
final class ChunkRows {

  private static final String STANDING =
      """
      select u.status as upload_status, c.status as chunk_status, c.size_bytes, c.crc32c, c.crc32,
          c.sha256
      from uploads u
      left join chunks c on c.upload_id = u.id and c.chunk_index = :index
      where u.id = :id
      """;

  private static final String FIRST_CHUNK =
      """
      update uploads set status = 'IN_PROGRESS', updated_at = now(),
          content_type = coalesce(:contentType, content_type)
      where id = :id and status = 'INITIATED'
      """;

  /// Where other chunks came before the file's begin.
  private static final String SET_TYPE =
      "update uploads set content_type = :contentType where id = :id";

  /// 1 row: the chunk is ours, and acknowledged as soon as this is committed. 0 rows: it is there
  /// already, or the upload has left IN_PROGRESS, or we began to stage so long ago that the bytes may
  /// have been swept; read again and judge again.
  ///
  /// Whoever ends the upload locks its row first, and that lock conflicts with ours: no chunk is
  /// acknowledged after an abort or a completion.
  private static final String COMMIT =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, sha256, staging_key,
          status, enqueued_at)
      select u.id, :index, :size, :crc32c, :crc32, :sha256, :stagingKey,
          'STAGED', case when :enqueue then now() end
      from uploads u
      where u.id = :id and u.status = 'IN_PROGRESS'
        and cast(:began as timestamptz) > now() - make_interval(secs => cast(:windowSeconds as int))
      for key share
      on conflict (upload_id, chunk_index) do nothing
      returning staged_at
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final CommitWindow window;

  ChunkRows(JdbcClient jdbc, PlatformTransactionManager transactions, CommitWindow window) {
    this.jdbc = jdbc;
    this.window = window;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// Where an upload and a chunk of it stand.
  ///
  /// @throws ProblemException 404: the upload is gone
  Standing standing(UUID uploadId, int index) {
    return jdbc.sql(STANDING)
        .param("id", uploadId)
        .param("index", index)
        .query((row, number) ->
            new Standing(UploadStatus.valueOf(row.getString("upload_status")), acknowledged(row)))
        .optional()
        .orElseThrow(ProblemException::notFound);
  }

  private static Standing.@Nullable Acknowledged acknowledged(ResultSet row) throws SQLException {
    String status = row.getString("chunk_status");
    if (status == null) {
      return null;
    }
    return new Standing.Acknowledged(
        ChunkStatus.valueOf(status),
        new ByteDigest(
            row.getLong("size_bytes"),
            row.getInt("crc32c"),
            row.getInt("crc32"),
            row.getString("sha256")));
  }

  /// Commits a staged chunk, and with the file's begin what the file is.
  ///
  /// @param firstChunk whether the upload was last seen before its first chunk
  /// @param enqueue whether its job will be enqueued at once
  /// @return when it was committed, by the database; empty: judge again
  Optional<Instant> commit(ReceivedChunk received, boolean firstChunk, boolean enqueue) {
    if (!firstChunk && received.contentType().isEmpty()) {
      return insert(received, enqueue);
    }
    // Several statements, never one: FOR KEY SHARE passes over a row that its own command has
    // changed.
    return transaction.execute(status -> {
      boolean typed = firstChunk && begin(received) == 1;
      Optional<Instant> committed = insert(received, enqueue);
      if (committed.isPresent() && !typed) {
        received.contentType().ifPresent(type -> setType(received, type));
      }
      return committed;
    });
  }

  private int begin(ReceivedChunk received) {
    return jdbc.sql(FIRST_CHUNK)
        .param("id", received.chunk().upload().id())
        .param("contentType", received.contentType().orElse(null))
        .update();
  }

  private void setType(ReceivedChunk received, String contentType) {
    jdbc.sql(SET_TYPE)
        .param("id", received.chunk().upload().id())
        .param("contentType", contentType)
        .update();
  }

  private Optional<Instant> insert(ReceivedChunk received, boolean enqueue) {
    ByteDigest digest = received.staged().digest();
    return jdbc.sql(COMMIT)
        .param("id", received.chunk().upload().id())
        .param("index", received.chunk().index())
        .param("size", digest.sizeBytes())
        .param("crc32c", digest.crc32c())
        .param("crc32", digest.crc32())
        .param("sha256", digest.sha256())
        .param("stagingKey", received.staged().stagingKey())
        .param("enqueue", enqueue)
        .param("began", received.began().atOffset(ZoneOffset.UTC))
        .param("windowSeconds", window.commitWindowSeconds())
        .query((row, number) -> row.getObject("staged_at", OffsetDateTime.class).toInstant())
        .optional();
  }
}
