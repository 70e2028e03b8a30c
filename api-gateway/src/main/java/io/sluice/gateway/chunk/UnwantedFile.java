package io.sluice.gateway.chunk;

import io.sluice.gateway.problem.Problem;
import io.sluice.model.job.Job;
import io.sluice.queue.produce.JobQueue;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends an upload whose first bytes are those of a file that is not accepted: no chunk could make it
/// anything else, so what was sent of it is purged.
@Component
final class UnwantedFile {

  /// The lock conflicts with the one that a chunk's commit takes: no chunk is acknowledged afterwards.
  private static final String LOCK = "select id from uploads where id = :id for update";

  /// 0 rows: it has ended meanwhile, or its begin was acknowledged with other bytes.
  private static final String FAIL =
      """
      update uploads set status = 'FAILED', end_code = :code, end_detail = :detail,
          enqueued_at = now(), next_attempt_at = null, updated_at = now()
      where id = :id and status in ('INITIATED', 'IN_PROGRESS')
        and not exists (select 1 from chunks
            where upload_id = :id and chunk_index = 0)
      returning enqueued_at
      """;

  private final JdbcClient jdbc;
  private final JobQueue queue;
  private final TransactionTemplate transaction;

  UnwantedFile(JdbcClient jdbc, JobQueue queue, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.queue = queue;
    this.transaction = new TransactionTemplate(transactions);
  }

  void fail(UUID id, Problem why) {
    Optional<OffsetDateTime> failed = transaction.execute(status -> failLocked(id, why));
    failed.ifPresent(at -> queue.enqueue(new Job.PurgeUpload(id), at.toInstant()));
  }

  private Optional<OffsetDateTime> failLocked(UUID id, Problem why) {
    jdbc.sql(LOCK).param("id", id).query(UUID.class).optional();
    return jdbc.sql(FAIL)
        .param("id", id)
        .param("code", why.code().wire())
        .param("detail", why.detail())
        .query(OffsetDateTime.class)
        .optional();
  }
}
