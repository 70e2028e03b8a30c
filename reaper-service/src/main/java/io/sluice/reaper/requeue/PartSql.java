package io.sluice.reaper.requeue;

/// The statement that takes parts which need a job: candidates are found by one question, their parts are
/// locked whole, and those of which every chunk is there are marked as enqueued.
///
/// A STAGED chunk of a part that is not whole, or whose upload has ended, is taken out of the queue's
/// books: it waits for its client, or for the purge. A DAMAGED one is never in the books as enqueued, but
/// due again soon: its job looks for its bytes, and may well find no more than the one before. It is
/// never forgotten while its upload lives, whatever becomes of that job. Every lock skips what somebody else holds: the reaper
/// never waits for a worker or a gateway, so it cannot wait with them in a circle, and what it skips is
/// being looked after.
final class PartSql {

  private static final String PART =
      """
      , part as (
        select distinct u.id as upload_id, c.chunk_index / u.chunks_per_part as part,
          u.file_size_bytes, u.chunk_size_bytes, u.total_chunks, u.chunks_per_part,
          u.status in ('IN_PROGRESS', 'COMPLETING') and u.total_chunks is not null as alive,
          c.chunk_index - c.chunk_index % u.chunks_per_part as first_index,
          least(c.chunk_index - c.chunk_index % u.chunks_per_part + u.chunks_per_part,
                u.total_chunks) - 1 as last_index
        from candidate c join uploads u on u.id = c.upload_id
      ), member as (
        select c.upload_id, c.chunk_index, p.part
        from part p join chunks c on c.upload_id = p.upload_id
          and c.chunk_index between p.first_index and p.last_index
        where c.status in ('STAGED', 'DAMAGED')
      """;

  private static final String MARK =
      """
        for update of c skip locked
      ), whole as (
        select p.upload_id, p.part
        from part p join member m on m.upload_id = p.upload_id and m.part = p.part
        where p.alive
        group by p.upload_id, p.part, p.first_index, p.last_index
        -- An object that was lost makes chunks DAMAGED one by one: others of its part may be STORED still.
        having count(*) + (
          select count(*) from chunks s where s.upload_id = p.upload_id
            and s.chunk_index between p.first_index and p.last_index and s.status = 'STORED'
          ) = p.last_index - p.first_index + 1
      ), marked as (
        update chunks c
        set enqueued_at = case when c.status = 'STAGED' and w.upload_id is not null then now() end,
            next_attempt_at = case when c.status = 'DAMAGED' and p.alive then now() + interval '5 minutes' end
        from member m
          join part p on p.upload_id = m.upload_id and p.part = m.part
          left join whole w on w.upload_id = m.upload_id and w.part = m.part
        where c.upload_id = m.upload_id and c.chunk_index = m.chunk_index
      )
      select p.upload_id, p.part, p.file_size_bytes, p.chunk_size_bytes, p.total_chunks,
        p.chunks_per_part, now() as enqueued_at, w.upload_id is not null as whole
      from part p left join whole w on w.upload_id = p.upload_id and w.part = p.part
      """;

  private PartSql() {}

  /// @param candidates a select of `upload_id` and `chunk_index`
  static String take(String candidates) {
    return take(candidates, "");
  }

  /// @param candidates a select of `upload_id` and `chunk_index`
  /// @param memberCondition what each chunk of the part must still be, checked under its lock
  static String take(String candidates, String memberCondition) {
    return "with candidate as (\n" + candidates + ")\n" + PART + memberCondition + "\n" + MARK;
  }
}
