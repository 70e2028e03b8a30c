package io.sluice.reaper.requeue;

import io.sluice.model.job.Lane;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Asks for parts that need a job, by each of the reasons there are, and marks them as enqueued.
@Component
final class PartTaking {

  /// Oldest first. A chunk belongs to the light lane by the same rule as in [Lane#ofParts]: what waits
  /// in one lane says nothing of jobs in the other.
  private static final String LOST =
      PartSql.take(
          """
          select c.upload_id, c.chunk_index
          from chunks c join uploads u on u.id = c.upload_id
          where c.status = 'STAGED' and c.enqueued_at is not null
            and c.enqueued_at < cast(:before as timestamptz)
            and (coalesce(u.total_chunks, 0) <= u.chunks_per_part
                 and coalesce(u.file_size_bytes, 0) <= cast(:smallFileBytes as bigint)) = cast(:light as boolean)
          order by c.enqueued_at limit cast(:batch as int)
          for update of c skip locked
          """);

  private static final String DUE =
      PartSql.take(
          """
          select c.upload_id, c.chunk_index
          from chunks c
          where c.status in ('STAGED', 'DAMAGED')
            and c.next_attempt_at is not null and c.next_attempt_at <= now()
          order by c.next_attempt_at limit cast(:batch as int)
          for update of c skip locked
          """);

  /// The first parts of one upload that are whole and wait. A part that was whole only just now is left
  /// to the gateway that is about to enqueue it. What else a part holds, if not all of it waits, is asked
  /// only then, and must be STORED: a part with a DAMAGED chunk is taken when that is due, or its job, which
  /// leaves the others waiting once it has found no more, would be made again with every run.
  private static final String WAITING =
      PartSql.take(
          """
          select c.upload_id, min(c.chunk_index) as chunk_index
          from chunks c join uploads u on u.id = c.upload_id
          where c.upload_id = cast(:upload as uuid) and c.status = 'STAGED'
            and c.enqueued_at is null and c.next_attempt_at is null
          group by c.upload_id, c.chunk_index / u.chunks_per_part, u.chunks_per_part, u.total_chunks
          having max(c.staged_at) < now() - make_interval(secs => cast(:settleSeconds as int))
            and least(u.chunks_per_part,
                      u.total_chunks - c.chunk_index / u.chunks_per_part * u.chunks_per_part)
              = count(*) + case when count(*) = u.chunks_per_part then 0 else (
                select count(*) from chunks o where o.upload_id = c.upload_id and o.status = 'STORED'
                  and o.chunk_index between min(c.chunk_index) - min(c.chunk_index) % u.chunks_per_part
                    and min(c.chunk_index) - min(c.chunk_index) % u.chunks_per_part + u.chunks_per_part - 1) end
          order by c.chunk_index / u.chunks_per_part limit cast(:batch as int)
          """,
          "and c.status = 'STAGED' and c.enqueued_at is null and c.next_attempt_at is null");

  private final JdbcClient jdbc;

  PartTaking(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Parts of a lane whose job was enqueued before a time and is not in the queue any more.
  List<FoundPart> lost(Lane lane, Instant enqueuedBefore, int batch) {
    return jdbc.sql(LOST)
        .param("before", enqueuedBefore.atOffset(ZoneOffset.UTC))
        .param("smallFileBytes", Lane.SMALL_FILE_BYTES)
        .param("light", lane == Lane.LIGHT)
        .param("batch", batch)
        .query(FoundPart::map)
        .list();
  }

  /// Parts whose next try is due.
  List<FoundPart> due(int batch) {
    return jdbc.sql(DUE).param("batch", batch).query(FoundPart::map).list();
  }

  /// Whole parts of an upload that have no job and wait for none.
  List<FoundPart> waiting(UUID uploadId, int settleSeconds, int parts) {
    return jdbc.sql(WAITING)
        .param("upload", uploadId.toString())
        .param("settleSeconds", settleSeconds)
        .param("batch", parts)
        .query(FoundPart::map)
        .list();
  }
}
