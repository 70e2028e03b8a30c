package io.sluice.reaper.sweep;

import io.sluice.failpoint.Failpoint;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.reaper.sweep.Sightings.Orphan;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Aborts multipart uploads that a store holds open and no upload needs: those whose id was never saved,
/// and those that a late part brought back to life after the abort. A store without multipart uploads
/// shows what it began and did not finish.
@Component
final class MultipartSweep implements Step, Sweep.Ground<OpenMultipart> {

  /// An id that is not the upload's may still be saved while the upload has none, and may hold what is
  /// missing of one with damaged chunks.
  private static final String JUDGE =
      """
      select case
          when u.id is null then 'UNKNOWN'
          when u.status in ('FAILED', 'ABORTED', 'DELETED') then 'GARBAGE'
          when u.status <> 'COMPLETED' and u.multipart_id = e.multipart_id then 'KEEP'
          when u.status <> 'COMPLETED' and exists (
            select 1 from chunks c where c.upload_id = u.id and c.status = 'DAMAGED') then 'KEEP'
          else 'UNOWNED'
        end as verdict
      from unnest(cast(:keys as text[]), cast(:multipartIds as text[]))
        with ordinality as e(key, multipart_id, number)
        left join uploads u on u.object_key = e.key
      order by e.number
      """;

  private final ObjectStore store;
  private final Sweeper sweeper;
  private final JdbcClient jdbc;

  MultipartSweep(ObjectStore store, Sweeper sweeper, JdbcClient jdbc) {
    this.store = store;
    this.sweeper = sweeper;
    this.jdbc = jdbc;
  }

  @Override
  public StepName name() {
    return place().step();
  }

  @Override
  public void run(Run run) throws IOException {
    sweeper.sweep(store::forEachOpenMultipart, this, run);
  }

  @Override
  public Place place() {
    return Place.MULTIPART;
  }

  @Override
  public Orphan orphan(OpenMultipart entry) {
    return new Orphan(entry.objectKey() + "?" + entry.multipartId(), 0);
  }

  @Override
  public List<Verdict> judge(List<OpenMultipart> entries) {
    return jdbc.sql(JUDGE)
        .param("keys", entries.stream().map(OpenMultipart::objectKey).toArray(String[]::new))
        .param(
            "multipartIds", entries.stream().map(OpenMultipart::multipartId).toArray(String[]::new))
        .query((row, number) -> Verdict.valueOf(row.getString("verdict")))
        .list();
  }

  @Override
  public int removedAtOnce() {
    return 1;
  }

  @Override
  public void remove(List<OpenMultipart> entries) throws IOException {
    for (OpenMultipart entry : entries) {
      store.abort(entry);
    }
    Failpoint.hit("reaper.multipart-aborted");
  }

  @Override
  public Repair repair() {
    return Repair.MULTIPART;
  }
}
