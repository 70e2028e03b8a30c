package io.sluice.reaper.purge;

import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.job.MarkedUpload;
import io.sluice.reaper.removal.Removals;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Enqueues the purge of FAILED, ABORTED and DELETED uploads for which nobody did. A worker removes the
/// bytes; the row stays in this question until it has confirmed that they are gone.
@Component
final class Purge implements Step {

  private static final int BATCH = 200;

  private static final String ASK =
      """
      with left_over as (
        select id from uploads
        where status in ('FAILED', 'ABORTED', 'DELETED') and purged_at is null
          and enqueued_at is null and next_attempt_at is null
        order by id limit cast(:batch as int) for update skip locked
      )
      update uploads u set enqueued_at = now() from left_over where u.id = left_over.id
      returning u.id, u.enqueued_at
      """;

  private final Removals removals;
  private final JdbcClient jdbc;
  private final JobSender sender;

  Purge(Removals removals, JdbcClient jdbc, JobSender sender) {
    this.removals = removals;
    this.jdbc = jdbc;
    this.sender = sender;
  }

  @Override
  public StepName name() {
    return StepName.PURGE;
  }

  @Override
  public void run(Run any) {
    Run run = removals.guarded(any, name(), PlaceKind.values());
    boolean more = true;
    while (more && run.mayGoOn()) {
      List<PendingJob> purges =
          jdbc.sql(ASK).param("batch", BATCH).query(MarkedUpload::map).list().stream()
              .map(MarkedUpload::purge)
              .toList();
      run.repaired(Repair.PURGE, purges.size());
      more = sender.send(purges) && purges.size() == BATCH;
    }
  }
}
