package io.sluice.worker.store;

import io.sluice.model.chunk.ChunkPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Parts whose chunks are all staged and for which no job is in the queue, because their upload's
/// window was full.
@Component
final class WaitingParts {

  /// The first chunk of a part is found by index, its siblings are counted.
  private static final String FOUND =
      """
      with wanted as (
        select * from unnest(cast(:uploads as uuid[]), cast(:perPart as int[]), cast(:totals as int[]),
                             cast(:counts as int[])) as w(upload_id, per_part, total, wanted_parts)
      ), found as (
        select first.upload_id, first.chunk_index, w.per_part
        from wanted w cross join lateral (
          select c.upload_id, c.chunk_index from chunks c
          where c.upload_id = w.upload_id and c.status = 'STAGED'
            and c.enqueued_at is null and c.next_attempt_at is null
            and c.chunk_index % w.per_part = 0
            and (w.per_part = 1 or least(w.per_part, w.total - c.chunk_index) = (
              select count(*) from chunks s
              where s.upload_id = w.upload_id and s.status = 'STAGED'
                and s.enqueued_at is null and s.next_attempt_at is null
                and s.chunk_index between c.chunk_index and c.chunk_index + w.per_part - 1))
          order by c.chunk_index limit w.wanted_parts) first
      )
      """;

  /// A part that somebody else takes between the look and the update drops out of the update.
  private static final String TAKE =
      FOUND
          + """
          update chunks c set enqueued_at = now()
          from found
          where c.upload_id = found.upload_id
            and c.chunk_index between found.chunk_index and found.chunk_index + found.per_part - 1
            and c.status = 'STAGED' and c.enqueued_at is null and c.next_attempt_at is null
          returning c.upload_id, c.chunk_index / found.per_part as part, c.enqueued_at
          """;

  private static final String ANY = FOUND + "select exists (select 1 from found)";

  private static final String GIVE_BACK =
      """
      update chunks set enqueued_at = null
      where upload_id = :upload and chunk_index between :first and :last
        and status = 'STAGED' and enqueued_at = :enqueuedAt
      """;

  /// Whose waiting parts, and how many of them at most.
  record Wish(UUID uploadId, ChunkPlan plan, int parts) {}

  /// A part that was marked as enqueued, and now has to be.
  record Taken(UUID uploadId, int part, Instant enqueuedAt) {}

  private final JdbcClient jdbc;

  WaitingParts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Marks the next waiting parts of some uploads as enqueued; the caller enqueues them after the commit.
  Map<UUID, List<Taken>> take(Collection<Wish> wishes) {
    if (wishes.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Map<Integer, Taken>> taken = new HashMap<>();
    bind(TAKE, List.copyOf(wishes))
        .query((row, number) -> map(row))
        .list()
        .forEach(one ->
            taken
                .computeIfAbsent(one.uploadId(), id -> new LinkedHashMap<>())
                .put(one.part(), one));
    Map<UUID, List<Taken>> lists = new HashMap<>();
    taken.forEach((upload, parts) -> lists.put(upload, List.copyOf(parts.values())));
    return lists;
  }

  /// Undoes the mark of a part for which there is no permit after all.
  void giveBack(ChunkPlan plan, Taken taken) {
    jdbc.sql(GIVE_BACK)
        .param("upload", taken.uploadId())
        .param("first", plan.firstChunkOf(taken.part()))
        .param("last", plan.lastChunkOf(taken.part()))
        .param("enqueuedAt", taken.enqueuedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Whether a part of an upload waits.
  boolean any(UUID uploadId, ChunkPlan plan) {
    return bind(ANY, List.of(new Wish(uploadId, plan, 1))).query(Boolean.class).single();
  }

  private JdbcClient.StatementSpec bind(String sql, List<Wish> wishes) {
    return jdbc.sql(sql)
        .param("uploads", wishes.stream().map(w -> w.uploadId().toString()).toArray(String[]::new))
        .param("perPart", wishes.stream().mapToInt(w -> w.plan().chunksPerPart()).toArray())
        .param("totals", wishes.stream().mapToInt(w -> w.plan().totalChunks()).toArray())
        .param("counts", wishes.stream().mapToInt(Wish::parts).toArray());
  }

  private static Taken map(ResultSet row) throws SQLException {
    return new Taken(
        row.getObject("upload_id", UUID.class),
        row.getInt("part"),
        row.getObject("enqueued_at", OffsetDateTime.class).toInstant());
  }
}
