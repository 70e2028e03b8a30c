package io.sluice.reaper.job;

import io.sluice.model.job.Job;
import io.sluice.queue.produce.PendingJob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/// An upload whose row was marked as having a job of its own in the queue.
///
/// @param enqueuedAt the mark, by the database's clock
public record MarkedUpload(UUID id, Instant enqueuedAt) {

  /// From a row with `id` and `enqueued_at`.
  public static MarkedUpload map(ResultSet row, int number) throws SQLException {
    return new MarkedUpload(
        row.getObject("id", UUID.class),
        row.getObject("enqueued_at", OffsetDateTime.class).toInstant());
  }

  /// The job that removes its bytes.
  public PendingJob purge() {
    return new PendingJob(new Job.PurgeUpload(id), enqueuedAt);
  }

  /// The job that makes its file.
  public PendingJob finalise() {
    return new PendingJob(new Job.FinalizeUpload(id), enqueuedAt);
  }
}
