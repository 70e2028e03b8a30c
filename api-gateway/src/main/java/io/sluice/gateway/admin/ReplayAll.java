package io.sluice.gateway.admin;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Has everything that is parked tried again now: once a cause is mended, nobody wants to name each job.
///
/// The rows are made due, and the reaper enqueues them within seconds. Messages that nobody could read stay
/// as they are.
@Component
final class ReplayAll {

  private static final int BATCH = 1_000;

  /// Uploads first, by id, then chunks, then letters: the order in which everybody locks them.
  private static final String LOCK =
      """
      select u.id from uploads u
      where u.id > cast(:after as uuid) and exists (
        select 1 from dead_letters d
        where d.upload_id = u.id and d.replayed_at is null and d.resolved_at is null)
      order by u.id limit :batch for no key update
      """;

  /// Over some seconds, lest all come back at one moment.
  private static final String PARTS =
      """
      update chunks c
      set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = null,
          next_attempt_at = now() + random() * interval '3 seconds'
      from dead_letters d join uploads u on u.id = d.upload_id
      where d.upload_id = any(cast(:ids as uuid[])) and d.replayed_at is null and d.resolved_at is null
        and d.job_type = 'STORE_PART' and c.upload_id = u.id
        and c.chunk_index between d.part * u.chunks_per_part and (d.part + 1) * u.chunks_per_part - 1
        and c.status in ('STAGED', 'DAMAGED')
      """;

  private static final String UPLOADS =
      """
      update uploads u
      set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = null,
          next_attempt_at = now() + random() * interval '3 seconds'
      where u.id in (
          select upload_id from dead_letters
          where upload_id = any(cast(:ids as uuid[])) and replayed_at is null and resolved_at is null
            and job_type <> 'STORE_PART')
        and u.purged_at is null and u.status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED')
      """;

  private static final String LETTERS =
      """
      update dead_letters set replayed_at = now()
      where upload_id = any(cast(:ids as uuid[])) and replayed_at is null and resolved_at is null
      """;

  /// @param replayed letters that were open
  record Answer(String status, long replayed) {
    private Answer(long replayed) {
      this("REPLAYED", replayed);
    }
  }

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  ReplayAll(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  private record Batch(List<UUID> uploads, int replayed) {}

  Answer replay() {
    long replayed = 0;
    Batch batch = new Batch(List.of(new UUID(0, 0)), 0);
    do {
      UUID after = batch.uploads().getLast();
      batch = Objects.requireNonNull(transaction.execute(status -> replayAfter(after)));
      replayed += batch.replayed();
    } while (batch.uploads().size() == BATCH);
    return new Answer(replayed);
  }

  private Batch replayAfter(UUID after) {
    List<UUID> ids =
        jdbc.sql(LOCK)
            .param("after", after.toString())
            .param("batch", BATCH)
            .query((row, number) -> row.getObject(1, UUID.class))
            .list();
    String[] texts = ids.stream().map(UUID::toString).toArray(String[]::new);
    jdbc.sql(PARTS).param("ids", texts).update();
    jdbc.sql(UPLOADS).param("ids", texts).update();
    return new Batch(ids, jdbc.sql(LETTERS).param("ids", texts).update());
  }
}
