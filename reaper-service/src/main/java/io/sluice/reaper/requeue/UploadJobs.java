package io.sluice.reaper.requeue;

import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.job.MarkedUpload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finalise and purge jobs that are lost, and those whose next try is due. Which of the two it is, the
/// state of the upload says. No purge is enqueued while nothing may be removed: its job would only put it
/// off, and be made again at once.
@Component
final class UploadJobs {

  private static final String MARK =
      """
      update uploads u set enqueued_at = now(), next_attempt_at = null
      from found where u.id = found.id
      returning u.id, u.status, u.enqueued_at
      """;

  private static final String LOST =
      """
      with found as (
        select id from uploads
        where enqueued_at is not null and enqueued_at < cast(:before as timestamptz)
          and purged_at is null and status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED')
          and (status = 'COMPLETING' or cast(:purges as boolean))
        order by enqueued_at limit cast(:batch as int) for update skip locked
      )
      """
          + MARK;

  private static final String DUE =
      """
      with found as (
        select id from uploads
        where next_attempt_at is not null and next_attempt_at <= now()
          and purged_at is null and status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED')
          and (status = 'COMPLETING' or cast(:purges as boolean))
        order by next_attempt_at limit cast(:batch as int) for update skip locked
      )
      """
          + MARK;

  private final JdbcClient jdbc;
  private final JobSender sender;
  private final PlaceGuard guard;

  UploadJobs(JdbcClient jdbc, JobSender sender, PlaceGuard guard) {
    this.jdbc = jdbc;
    this.sender = sender;
    this.guard = guard;
  }

  private record Marked(MarkedUpload upload, UploadStatus status) {
    static Marked map(ResultSet row, int number) throws SQLException {
      return new Marked(
          MarkedUpload.map(row, number), UploadStatus.valueOf(row.getString("status")));
    }

    Repair repair() {
      return status == UploadStatus.COMPLETING ? Repair.FINALIZE : Repair.PURGE;
    }

    PendingJob job() {
      return status == UploadStatus.COMPLETING ? upload.finalise() : upload.purge();
    }
  }

  /// Enqueues one batch of those enqueued before a time.
  ///
  /// @return whether there may be more, and the queue takes them
  boolean requeueLost(Instant enqueuedBefore, int batch, Run run) {
    return send(
        jdbc.sql(LOST)
            .param("before", enqueuedBefore.atOffset(ZoneOffset.UTC))
            .param("purges", mayPurge())
            .param("batch", batch)
            .query(Marked::map)
            .list(),
        batch,
        run);
  }

  /// Enqueues one batch of those whose next try is due.
  ///
  /// @return whether there may be more, and the queue takes them
  boolean requeueDue(int batch, Run run) {
    return send(
        jdbc.sql(DUE).param("purges", mayPurge()).param("batch", batch).query(Marked::map).list(),
        batch,
        run);
  }

  /// A purge removes from both places.
  private boolean mayPurge() {
    return Arrays.stream(PlaceKind.values()).allMatch(kind -> guard.noRemoval(kind).isEmpty());
  }

  private boolean send(List<Marked> marked, int batch, Run run) {
    boolean sent = sender.send(marked.stream().map(Marked::job).toList());
    marked.forEach(one -> run.repaired(one.repair(), 1));
    return sent && marked.size() == batch;
  }
}
