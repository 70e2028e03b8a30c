package io.sluice.reaper.expiry;

import io.sluice.failpoint.Failpoint;
import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.job.MarkedUpload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Aborts uploads whose time is over, by the database's clock, and asks for their purge.
///
/// An upload into which a chunk is being committed at this moment is locked by that commit, skipped, and
/// has its time extended soon.
@Component
final class Expiry implements Step {

  private static final int BATCH = 200;

  /// The lock conflicts with that of a chunk commit, so none can be acknowledged after the abort.
  private static final String EXPIRE =
      """
      with over as (
        select id from uploads
        where status in ('INITIATED', 'IN_PROGRESS') and expires_at <= now()
        order by expires_at limit cast(:batch as int) for update skip locked
      )
      update uploads u
      set status = 'ABORTED', end_code = 'expired',
          end_detail = 'Nothing was sent for too long.', attempts = 0, first_failed_at = null,
          enqueued_at = now(), next_attempt_at = null, updated_at = now()
      from over where u.id = over.id
      returning u.id, u.enqueued_at
      """;

  private final JdbcClient jdbc;
  private final JobSender sender;

  Expiry(JdbcClient jdbc, JobSender sender) {
    this.jdbc = jdbc;
    this.sender = sender;
  }

  @Override
  public StepName name() {
    return StepName.EXPIRY;
  }

  @Override
  public void run(Run run) {
    boolean more = true;
    while (more && run.mayGoOn()) {
      List<PendingJob> purges =
          jdbc.sql(EXPIRE).param("batch", BATCH).query(MarkedUpload::map).list().stream()
              .map(MarkedUpload::purge)
              .toList();
      run.repaired(Repair.EXPIRED_UPLOAD, purges.size());
      Failpoint.hit("reaper.upload-expired");
      // Those that do not get through are found as lost; there is no reason to let the others live.
      sender.send(purges);
      run.repaired(Repair.PURGE, purges.size());
      more = purges.size() == BATCH;
    }
  }
}
