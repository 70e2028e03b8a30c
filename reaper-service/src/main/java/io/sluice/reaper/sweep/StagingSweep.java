package io.sluice.reaper.sweep;

import io.sluice.failpoint.Failpoint;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.reaper.sweep.Sightings.Orphan;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Removes staged bytes that no chunk needs any more, or never needed.
@Component
final class StagingSweep implements Step, Sweep.Ground<StagedEntry> {

  /// Kept: what a chunk that is not stored names, until its upload is purged, damaged or not, since a file
  /// system may give back tomorrow what it does not give today; and what a file that
  /// came in one request is read from until it is COMPLETED, stored or not.
  ///
  /// Garbage: other bytes of an upload that takes no chunks any more, and those from which a chunk was
  /// STORED. All else may be about to get its row: bytes of an upload that takes chunks, also beside a
  /// chunk that is STORED, which may be found DAMAGED while its client sends it again; and bytes of an
  /// upload that has no row, as a file that came in one request is staged before it has one.
  private static final String JUDGE =
      """
      select case
          when u.id is null then 'UNKNOWN'
          when c.staging_key = e.key and c.status in ('STAGED', 'DAMAGED') and u.purged_at is null
            then 'KEEP'
          when c.staging_key = e.key and u.origin = 'ONE_REQUEST'
            and u.status in ('IN_PROGRESS', 'COMPLETING') then 'KEEP'
          when u.status in ('COMPLETED', 'FAILED', 'ABORTED', 'DELETED') then 'GARBAGE'
          when c.staging_key = e.key and c.status = 'STORED' then 'GARBAGE'
          else 'UNOWNED'
        end as verdict
      from unnest(cast(:keys as text[]), cast(:uploads as uuid[]), cast(:indexes as int[]))
        with ordinality as e(key, upload_id, chunk_index, number)
        left join uploads u on u.id = e.upload_id
        left join chunks c on c.upload_id = e.upload_id and c.chunk_index = e.chunk_index
      order by e.number
      """;

  private final StagingStore staging;
  private final Sweeper sweeper;
  private final JdbcClient jdbc;

  StagingSweep(StagingStore staging, Sweeper sweeper, JdbcClient jdbc) {
    this.staging = staging;
    this.sweeper = sweeper;
    this.jdbc = jdbc;
  }

  @Override
  public StepName name() {
    return place().step();
  }

  @Override
  public void run(Run run) throws IOException {
    sweeper.sweep(staging::forEach, this, run);
  }

  @Override
  public Place place() {
    return Place.STAGING;
  }

  @Override
  public Orphan orphan(StagedEntry entry) {
    return new Orphan(entry.stagingKey(), entry.sizeBytes());
  }

  @Override
  public List<Verdict> judge(List<StagedEntry> entries) {
    return jdbc.sql(JUDGE)
        .param("keys", entries.stream().map(StagedEntry::stagingKey).toArray(String[]::new))
        .param(
            "uploads",
            entries.stream().map(entry -> entry.uploadId().toString()).toArray(String[]::new))
        .param("indexes", entries.stream().mapToInt(StagedEntry::chunkIndex).toArray())
        .query((row, number) -> Verdict.valueOf(row.getString("verdict")))
        .list();
  }

  @Override
  public int removedAtOnce() {
    return 50;
  }

  @Override
  public void remove(List<StagedEntry> entries) throws IOException {
    staging.delete(entries.stream().map(StagedEntry::stagingKey).toList());
    Failpoint.hit("reaper.staged-deleted");
  }

  @Override
  public Repair repair() {
    return Repair.STAGED_BYTES;
  }
}
