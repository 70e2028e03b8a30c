package io.sluice.gateway.chunk;

import io.sluice.storage.checksum.ByteDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes the bytes of a chunk again that were lost here after they had been acknowledged.
@Component
final class DamagedChunks {

  /// The lock under which workers change chunks: a part is stored whole or not at all. Whoever ends the upload
  /// is before or after.
  private static final String LOCK =
      """
      select id from uploads where id = :id and status in ('IN_PROGRESS', 'COMPLETING') for no key update
      """;

  /// 0 rows: it is whole again, these are other bytes, or they were staged so long ago that they may have
  /// been swept.
  private static final String REPAIR =
      """
      update chunks
      set status = 'STAGED', staging_key = :stagingKey, sha256 = coalesce(:sha256, sha256), etag = null,
          enqueued_at = null, next_attempt_at = null, attempts = 0, first_failed_at = null,
          last_error = null, staged_at = now(), stored_at = null
      where upload_id = :id and chunk_index = :index and status = 'DAMAGED'
        and size_bytes = :size and crc32c = :crc32c and crc32 = :crc32
        and cast(:began as timestamptz) > now() - make_interval(secs => cast(:windowSeconds as int))
      returning staged_at
      """;

  private static final String RESOLVE =
      """
      update dead_letters set resolved_at = now()
      where upload_id = :id and job_type = 'STORE_PART' and coalesce(part, -1) = :part
        and replayed_at is null and resolved_at is null
      """;

  private final JdbcClient jdbc;
  private final CommitWindow window;
  private final TransactionTemplate transaction;

  DamagedChunks(JdbcClient jdbc, CommitWindow window, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.window = window;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// Makes a damaged chunk STAGED with bytes that are durable.
  ///
  /// @return when; empty: judge again
  Optional<Instant> repair(ReceivedChunk received) {
    return transaction.execute(status -> {
      UUID id = received.chunk().upload().id();
      if (jdbc.sql(LOCK).param("id", id).query(UUID.class).optional().isEmpty()) {
        return Optional.empty();
      }
      Optional<Instant> repaired = update(id, received);
      if (repaired.isPresent()) {
        int part = received.chunk().upload().plan().partOf(received.chunk().index());
        jdbc.sql(RESOLVE).param("id", id).param("part", part).update();
      }
      return repaired;
    });
  }

  private Optional<Instant> update(UUID id, ReceivedChunk received) {
    ByteDigest digest = received.staged().digest();
    return jdbc.sql(REPAIR)
        .param("id", id)
        .param("index", received.chunk().index())
        .param("stagingKey", received.staged().stagingKey())
        .param("size", digest.sizeBytes())
        .param("crc32c", digest.crc32c())
        .param("crc32", digest.crc32())
        .param("sha256", digest.sha256())
        .param("began", received.began().atOffset(ZoneOffset.UTC))
        .param("windowSeconds", window.commitWindowSeconds())
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }
}
