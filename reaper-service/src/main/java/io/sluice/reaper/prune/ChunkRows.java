package io.sluice.reaper.prune;

import io.sluice.failpoint.Failpoint;
import io.sluice.reaper.removal.Removals;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Deletes the rows of chunks whose upload was COMPLETED, or purged, long ago: a finished file is
/// described by its upload alone, so that the table only holds what is in flight.
///
/// Ids are ordered by time and an upload cannot end before it began, so the walk over the uploads that
/// still have rows stops at ids as young as the retention; what it steps over is still in flight.
@Component
final class ChunkRows implements Step {

  private static final UUID START = new UUID(0, 0);
  private static final int UPLOADS_AT_ONCE = 200;

  /// Most indexes of one upload in one statement: with [#UPLOADS_AT_ONCE] uploads that have few chunks,
  /// or one that has many, no statement deletes more than a few thousand rows.
  private static final int INDEXES_AT_ONCE = 1000;

  private static final int FEW_CHUNKS = 10;

  /// The first 48 bits of a UUIDv7 are its time in milliseconds, RFC 9562, section 5.7.
  private static final String NEXT =
      """
      with recursive young as (
        select cast(rpad(lpad(to_hex((extract(epoch from now()) * 1000)::bigint
                 - cast(:retentionSeconds as bigint) * 1000), 12, '0'), 32, '0') as uuid) as id
      ), holder (upload_id, number) as (
        (select c.upload_id, 1 from chunks c
         where c.upload_id > cast(:after as uuid) and c.upload_id < (select id from young)
         order by c.upload_id limit 1)
        union all
        select (select c.upload_id from chunks c
                where c.upload_id > h.upload_id and c.upload_id < (select id from young)
                order by c.upload_id limit 1), h.number + 1
        from holder h where h.upload_id is not null and h.number < cast(:uploads as int)
      )
      select h.upload_id,
        coalesce(u.total_chunks, 1 + (
          select m.chunk_index from chunks m where m.upload_id = h.upload_id
          order by m.chunk_index desc limit 1)) as total_chunks,
        coalesce(case when u.status = 'COMPLETED' then u.completed_at else u.purged_at end
          <= now() - make_interval(secs => cast(:retentionSeconds as int)), false) as over
      from holder h join uploads u on u.id = h.upload_id
      order by h.upload_id
      """;

  private static final String DELETE =
      """
      delete from chunks
      where upload_id = any(cast(:ids as uuid[])) and chunk_index between :first and :last
      """;

  private final Removals removals;
  private final JdbcClient jdbc;
  private final PruneSettings settings;

  ChunkRows(Removals removals, JdbcClient jdbc, PruneSettings settings) {
    this.removals = removals;
    this.jdbc = jdbc;
    this.settings = settings;
  }

  private record Holder(UUID uploadId, int totalChunks, boolean over) {}

  @Override
  public StepName name() {
    return StepName.PRUNE;
  }

  @Override
  public void run(Run any) {
    Run run = removals.guarded(any, name(), PlaceKind.values());
    UUID after = START;
    boolean more = true;
    while (more && run.mayGoOn()) {
      List<Holder> holders = next(after);
      delete(holders.stream().filter(Holder::over).toList(), run);
      more = holders.size() == UPLOADS_AT_ONCE;
      if (more) {
        after = holders.getLast().uploadId();
      }
    }
  }

  private List<Holder> next(UUID after) {
    return jdbc.sql(NEXT)
        .param("after", after.toString())
        .param("retentionSeconds", settings.chunkRowRetentionSeconds())
        .param("uploads", UPLOADS_AT_ONCE)
        .query((row, number) ->
            new Holder(
                row.getObject("upload_id", UUID.class),
                row.getInt("total_chunks"),
                row.getBoolean("over")))
        .list();
  }

  private void delete(List<Holder> over, Run run) {
    List<Holder> small = over.stream().filter(one -> one.totalChunks() <= FEW_CHUNKS).toList();
    if (!small.isEmpty()) {
      delete(small.stream().map(Holder::uploadId).toList(), 0, Integer.MAX_VALUE, run);
    }
    for (Holder large : over) {
      if (large.totalChunks() > FEW_CHUNKS) {
        for (int first = 0;
            first < large.totalChunks() && run.mayGoOn();
            first += INDEXES_AT_ONCE) {
          delete(List.of(large.uploadId()), first, first + INDEXES_AT_ONCE - 1, run);
        }
      }
    }
  }

  private void delete(List<UUID> uploads, int first, int last, Run run) {
    int deleted =
        jdbc.sql(DELETE)
            .param("ids", uploads.stream().map(UUID::toString).toArray(String[]::new))
            .param("first", first)
            .param("last", last)
            .update();
    run.repaired(Repair.CHUNK_ROW, deleted);
    Failpoint.hit("reaper.chunks-pruned");
  }
}
