package io.sluice.gateway.admin;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Has everything that is parked tried again now: once a cause is mended, nobody wants to name each job.
///
/// The rows are made due, and the reaper enqueues them within seconds. Messages that nobody could read stay
/// as they are.
@Component
final class ReplayAll {

  private static final String REPLAY =
      """
      with open as (
        update dead_letters set replayed_at = now()
        where replayed_at is null and resolved_at is null and upload_id is not null
        returning job_type, upload_id, part
      ), chunk as (
        update chunks c
        set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = null, next_attempt_at = now()
        from open o join uploads u on u.id = o.upload_id
        where o.job_type = 'STORE_PART' and c.upload_id = u.id
          and c.chunk_index between o.part * u.chunks_per_part and (o.part + 1) * u.chunks_per_part - 1
          and c.status in ('STAGED', 'DAMAGED')
      ), upload as (
        update uploads u
        set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = null, next_attempt_at = now()
        from (select distinct upload_id from open where job_type <> 'STORE_PART') o
        where u.id = o.upload_id and u.purged_at is null
          and u.status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED')
      )
      select count(*) from open
      """;

  /// @param replayed letters that were open
  record Answer(String status, long replayed) {
    private Answer(long replayed) {
      this("REPLAYED", replayed);
    }
  }

  private final JdbcClient jdbc;

  ReplayAll(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Answer replay() {
    return new Answer(jdbc.sql(REPLAY).query(Long.class).single());
  }
}
