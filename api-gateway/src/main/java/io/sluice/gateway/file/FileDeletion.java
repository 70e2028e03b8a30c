package io.sluice.gateway.file;

import io.sluice.model.job.Job;
import io.sluice.queue.produce.JobQueue;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Deletes files: gone for every reader with the commit, the bytes by a job afterwards.
@Component
final class FileDeletion {

  /// 1 row: deleted. 0: there is no such file of this owner.
  private static final String DELETE =
      """
      update uploads
      set status = 'DELETED', updated_at = now(), attempts = 0, next_attempt_at = null,
          enqueued_at = now(), end_code = 'deleted_by_owner'
      where id = :id and owner_id = :ownerId and listed_at is not null
        and status in ('COMPLETING', 'COMPLETED')
      returning enqueued_at
      """;

  private final JdbcClient jdbc;
  private final JobQueue queue;

  FileDeletion(JdbcClient jdbc, JobQueue queue) {
    this.jdbc = jdbc;
    this.queue = queue;
  }

  /// Deletes a file of an owner.
  ///
  /// @return whether there was such a file
  boolean delete(UUID id, String ownerId) {
    return jdbc.sql(DELETE)
        .param("id", id)
        .param("ownerId", ownerId)
        .query(OffsetDateTime.class)
        .optional()
        .map(at -> {
          queue.enqueue(new Job.PurgeUpload(id), at.toInstant());
          return true;
        })
        .orElse(false);
  }
}
