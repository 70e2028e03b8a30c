package io.sluice.reaper.requeue;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Uploads that have chunks waiting and nothing on its way that could call them up. What is parked for long
/// calls nobody up.
@Component
final class StalledUploads {

  /// Steps over the uploads of the index, one probe each, whatever number of chunks they have waiting.
  private static final String NEXT =
      """
      with recursive waiting (upload_id, number) as (
        (select c.upload_id, 1 from chunks c
         where c.status = 'STAGED' and c.enqueued_at is null and c.next_attempt_at is null
           and c.upload_id > cast(:after as uuid)
         order by c.upload_id limit 1)
        union all
        select (select c.upload_id from chunks c
                where c.status = 'STAGED' and c.enqueued_at is null and c.next_attempt_at is null
                  and c.upload_id > w.upload_id
                order by c.upload_id limit 1), w.number + 1
        from waiting w where w.upload_id is not null and w.number < cast(:batch as int)
      )
      select w.upload_id,
        u.status in ('IN_PROGRESS', 'COMPLETING') and u.total_chunks is not null
          and not exists (
            select 1 from chunks f where f.upload_id = w.upload_id and f.status = 'STAGED'
              and (f.enqueued_at is not null
                or f.next_attempt_at < now() + interval '1 minute'
                  and f.next_attempt_at is not null)) as stalled
      from waiting w join uploads u on u.id = w.upload_id
      order by w.upload_id
      """;

  /// An upload with chunks waiting.
  ///
  /// @param stalled whether it is alive and has nothing on its way
  record Waiting(UUID uploadId, boolean stalled) {}

  private final JdbcClient jdbc;

  StalledUploads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The next uploads in order of id that have chunks waiting.
  List<Waiting> next(UUID after, int batch) {
    return jdbc.sql(NEXT)
        .param("after", after.toString())
        .param("batch", batch)
        .query((row, number) ->
            new Waiting(row.getObject("upload_id", UUID.class), row.getBoolean("stalled")))
        .list();
  }
}
