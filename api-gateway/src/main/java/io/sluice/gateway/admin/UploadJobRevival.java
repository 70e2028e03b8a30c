package io.sluice.gateway.admin;

import io.sluice.model.job.Job;
import io.sluice.queue.produce.JobQueue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings back the finalise or purge job of an upload, with all its tries before it.
@Component
final class UploadJobRevival {

  private static final String ENQUEUED =
      """
      update uploads
      set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = now(),
          next_attempt_at = null
      where id = :id and
      """;

  /// 0 rows: the upload has ended.
  private static final String FINALIZE = ENQUEUED + "status = 'COMPLETING' returning enqueued_at";

  /// 0 rows: it is purged.
  private static final String PURGE =
      ENQUEUED
          + """
          status in ('FAILED', 'ABORTED', 'DELETED') and purged_at is null
          returning enqueued_at
          """;

  private final JdbcClient jdbc;
  private final JobQueue queue;

  UploadJobRevival(JdbcClient jdbc, JobQueue queue) {
    this.jdbc = jdbc;
    this.queue = queue;
  }

  Revival finalizing(UUID uploadId) {
    return new OfUpload(FINALIZE, new Job.FinalizeUpload(uploadId), true);
  }

  Revival purging(UUID uploadId) {
    return new OfUpload(PURGE, new Job.PurgeUpload(uploadId), false);
  }

  private final class OfUpload implements Revival {

    private final String sql;
    private final Job job;
    private final boolean needed;
    private @Nullable Instant enqueuedAt;

    /// @param needed whether there must be something left to do
    private OfUpload(String sql, Job job, boolean needed) {
      this.sql = sql;
      this.job = job;
      this.needed = needed;
    }

    @Override
    public void write() {
      Optional<OffsetDateTime> at =
          jdbc.sql(sql).param("id", job.uploadId()).query(OffsetDateTime.class).optional();
      if (at.isEmpty() && needed) {
        throw Replay.ended();
      }
      enqueuedAt = at.map(OffsetDateTime::toInstant).orElse(null);
    }

    @Override
    public void enqueue() {
      if (enqueuedAt != null) {
        queue.enqueue(job, enqueuedAt);
      }
    }
  }
}
