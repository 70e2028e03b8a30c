package io.sluice.reaper.expiry;

import io.sluice.failpoint.Failpoint;
import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.job.MarkedUpload;
import io.sluice.reaper.removal.Removals;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Aborts uploads whose time is over, by the database's clock, and asks for their purge.
///
/// An upload into which a chunk is being committed at this moment is locked by that commit, skipped, and
/// has its time extended soon. Only what its client left unfinished ends: of an upload with damaged chunks
/// it is we who owe something, and its time stands still; of one that completes itself and has all its
/// chunks the client has done its part, however long the store keeps the rest from happening.
@Component
final class Expiry implements Step {

  private static final int BATCH = 200;

  /// A full hour, from when the damage is mended, for its client to go on.
  private static final String STAND_STILL =
      """
      with damaged as (
        select id from uploads u
        where status in ('INITIATED', 'IN_PROGRESS') and expires_at <= cast(:at as timestamptz)
          and exists (select 1 from chunks c where c.upload_id = u.id and c.status = 'DAMAGED')
        order by id for no key update skip locked
      )
      update uploads u set expires_at = now() + interval '1 hour' from damaged where u.id = damaged.id
      """;

  /// The lock conflicts with that of a chunk commit, so none can be acknowledged after the abort. By the
  /// time of the last look, and not by now: the clock may have been put forward since.
  private static final String EXPIRE =
      """
      with over as (
        select id from uploads u
        where status in ('INITIATED', 'IN_PROGRESS') and expires_at <= cast(:at as timestamptz)
          and not exists (select 1 from chunks c where c.upload_id = u.id and c.status = 'DAMAGED')
          and not (auto_complete and total_chunks
            = (select count(*) from chunks c where c.upload_id = u.id))
        order by expires_at limit cast(:batch as int) for update skip locked
      )
      update uploads u
      set status = 'ABORTED', end_code = 'expired',
          end_detail = 'Nothing was sent for too long.', attempts = 0, first_failed_at = null,
          enqueued_at = now(), next_attempt_at = null, updated_at = now()
      from over where u.id = over.id
      returning u.id, u.enqueued_at
      """;

  private final Removals removals;
  private final JdbcClient jdbc;
  private final JobSender sender;
  private final LivingTime time;

  Expiry(Removals removals, JdbcClient jdbc, JobSender sender, LivingTime time) {
    this.removals = removals;
    this.jdbc = jdbc;
    this.sender = sender;
    this.time = time;
  }

  @Override
  public StepName name() {
    return StepName.EXPIRY;
  }

  @Override
  public void run(Run any) {
    Run run = removals.guarded(any, name(), PlaceKind.values());
    // Not looked at, time does not pass: whoever takes a backup, or mends a place, has all they
    // need.
    if (run.mayGoOn()) {
      time.look().ifPresent(at -> expire(at, run));
    }
  }

  private void expire(OffsetDateTime at, Run run) {
    jdbc.sql(STAND_STILL).param("at", at).update();
    boolean more = true;
    while (more && run.mayGoOn()) {
      List<PendingJob> purges =
          jdbc
              .sql(EXPIRE)
              .param("at", at)
              .param("batch", BATCH)
              .query(MarkedUpload::map)
              .list()
              .stream()
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
