package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes down that a part was not stored, and when it is tried again. Every update
/// is guarded by the staging keys that the job read: 0 rows mean that somebody else was first.
@Component
final class ChunkRounds {

  /// The store or staging was away: no attempt of the part's.
  private static final String PUT_OFF =
      """
      update chunks
      set enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds), last_error = :error
      where upload_id = :upload and chunk_index = any(cast(:indexes as int[]))
        and staging_key = any(cast(:keys as text[])) and status in ('STAGED', 'DAMAGED')
      """;

  /// Somebody is at it.
  private static final String LEASE =
      """
      update chunks
      set enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds)
      where upload_id = :upload and chunk_index = any(cast(:indexes as int[]))
        and staging_key = any(cast(:keys as text[])) and status = 'STAGED'
      """;

  private static final String IS_PUT_OFF =
      """
      select exists (select 1 from chunks
        where upload_id = :upload and chunk_index between :first and :last
          and status = 'STAGED' and next_attempt_at > now())
      """;

  private static final String TRY_LATER =
      """
      update chunks
      set attempts = :attempts, enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds),
          first_failed_at = coalesce(first_failed_at, now()), last_error = :error
      where upload_id = :upload and chunk_index = any(cast(:indexes as int[]))
        and staging_key = any(cast(:keys as text[])) and status in ('STAGED', 'DAMAGED')
      """;

  /// It stays in the books: its bytes are looked for again then.
  private static final String DAMAGED =
      """
      update chunks
      set status = 'DAMAGED', attempts = :attempts, enqueued_at = null,
          next_attempt_at = now() + make_interval(secs => :seconds),
          first_failed_at = coalesce(first_failed_at, now()), last_error = :error
      where upload_id = :upload and chunk_index = any(cast(:indexes as int[]))
        and staging_key = any(cast(:keys as text[])) and status in ('STAGED', 'DAMAGED')
      """;

  /// What is left of a part that is not whole any more waits, without a job, until its client has sent
  /// the rest again. A part that became whole in between is somebody else's.
  private static final String REST =
      """
      update chunks set enqueued_at = null, next_attempt_at = null
      where upload_id = :upload and chunk_index between :first and :last and status = 'STAGED'
        and (enqueued_at is not null or next_attempt_at is not null)
        and :last - :first + 1 > (
          select count(*) from chunks c
          where c.upload_id = :upload and c.chunk_index between :first and :last
            and c.status = 'STAGED')
      """;

  private final JdbcClient jdbc;

  ChunkRounds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void putOff(PartWork work, Duration delay, String error) {
    bind(PUT_OFF, work.upload().id(), work.chunks(), error)
        .param("seconds", seconds(delay))
        .update();
  }

  /// Keeps others from a part for a time, counted from now; none gives it back.
  void lease(PartWork work, Duration time) {
    bind(LEASE, work.upload().id(), work.chunks()).param("seconds", seconds(time)).update();
  }

  /// Whether nobody should begin a part now.
  boolean isPutOff(PartWork work) {
    int part = work.job().part();
    return jdbc.sql(IS_PUT_OFF)
        .param("upload", work.upload().id())
        .param("first", work.plan().firstChunkOf(part))
        .param("last", work.plan().lastChunkOf(part))
        .query(Boolean.class)
        .single();
  }

  /// Counts a round.
  ///
  /// @return whether any of its chunks was still to be stored
  boolean tryLater(PartWork work, int attempts, Duration delay, String error) {
    return bind(TRY_LATER, work.upload().id(), work.chunks(), error)
            .param("seconds", seconds(delay))
            .param("attempts", attempts)
            .update()
        > 0;
  }

  /// The bytes of these chunks are missing or wrong.
  ///
  /// @return whether any of them was still to be stored
  boolean damaged(
      PartWork work, List<ChunkRow> chunks, int attempts, Duration delay, String error) {
    return bind(DAMAGED, work.upload().id(), chunks, error)
            .param("seconds", seconds(delay))
            .param("attempts", attempts)
            .update()
        > 0;
  }

  /// Takes the chunks of an incomplete part out of the queue's books.
  void letRestWait(UUID upload, int first, int last) {
    jdbc.sql(REST).param("upload", upload).param("first", first).param("last", last).update();
  }

  private JdbcClient.StatementSpec bind(
      String sql, UUID upload, List<ChunkRow> chunks, String error) {
    return bind(sql, upload, chunks).param("error", error);
  }

  private JdbcClient.StatementSpec bind(String sql, UUID upload, List<ChunkRow> chunks) {
    return jdbc.sql(sql)
        .param("upload", upload)
        .param("indexes", chunks.stream().mapToInt(ChunkRow::chunkIndex).toArray())
        .param("keys", chunks.stream().map(ChunkRow::stagingKey).toArray(String[]::new));
  }

  private static double seconds(Duration delay) {
    return delay.toNanos() / 1e9;
  }
}
