package io.sluice.reaper.sweep;

import io.sluice.failpoint.Failpoint;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.reaper.sweep.Sightings.Orphan;
import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectStore;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Removes objects that no upload owns: those a frozen worker put after the purge, and those whose upload
/// is not known at all.
@Component
final class ObjectSweep implements Step, Sweep.Ground<ObjectEntry> {

  /// Before the purge is confirmed the bytes are the purge's.
  private static final String JUDGE =
      """
      select case
          when u.id is null then 'UNKNOWN'
          when u.status in ('FAILED', 'ABORTED', 'DELETED') and u.purged_at is not null then 'GARBAGE'
          else 'KEEP'
        end as verdict
      from unnest(cast(:keys as text[])) with ordinality as e(key, number)
        left join uploads u on u.object_key = e.key
      order by e.number
      """;

  private final ObjectStore store;
  private final Sweeper sweeper;
  private final JdbcClient jdbc;

  ObjectSweep(ObjectStore store, Sweeper sweeper, JdbcClient jdbc) {
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
    sweeper.sweep(store::forEachObject, this, run);
  }

  @Override
  public Place place() {
    return Place.OBJECT;
  }

  @Override
  public Orphan orphan(ObjectEntry entry) {
    return new Orphan(entry.objectKey(), 0);
  }

  @Override
  public List<Verdict> judge(List<ObjectEntry> entries) {
    return jdbc.sql(JUDGE)
        .param("keys", entries.stream().map(ObjectEntry::objectKey).toArray(String[]::new))
        .query((row, number) -> Verdict.valueOf(row.getString("verdict")))
        .list();
  }

  @Override
  public int removedAtOnce() {
    return 1;
  }

  @Override
  public void remove(List<ObjectEntry> entries) throws IOException {
    for (ObjectEntry entry : entries) {
      store.deleteUnowned(entry.objectKey());
    }
    Failpoint.hit("reaper.object-deleted");
  }

  @Override
  public Repair repair() {
    return Repair.OBJECT;
  }
}
