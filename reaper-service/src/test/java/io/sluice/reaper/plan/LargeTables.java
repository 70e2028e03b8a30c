package io.sluice.reaper.plan;

/// What a busy installation has in its tables: mostly history, and some work for every step.
final class LargeTables {

  static final String FILL =
      """
      do $$
      declare
        statuses text[] := array['INITIATED', 'IN_PROGRESS', 'COMPLETING', 'FAILED', 'ABORTED', 'DELETED'];
      begin
        -- 120,000 finished files of one chunk, and 600 that ended long ago.
        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, stored_chunks,
          etag, completed_at, listed_at, expires_at)
        select uuidv7(make_interval(secs => -n)), 'owner-' || n % 100, 'file-' || n, 1000, 1000, 1, 1,
          'COMPLETED', 'ONE_REQUEST', 'text/plain', 'local', 'done-' || n, 1, 'e', now(), now(), now()
        from generate_series(1, 120000) n;
        update uploads set id = uuidv7(interval '-30 days'), completed_at = now() - interval '30 days'
        where id in (select id from uploads order by id limit 600);
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status,
          etag, stored_at)
        select id, 0, 1000, 1, 1, 'k', 'STORED', 'e', now() from uploads;

        -- 1,000 in every other state, a third with a job, a third with a retry, a third with nothing.
        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, stored_chunks,
          enqueued_at, next_attempt_at, expires_at)
        select uuidv7(), 'owner-' || n % 100, 'file', 4000, 1000, 4, 1, s, 'CHUNKED', 'text/plain',
          'local', s || n, case when n % 6 < 3 then 4 else 0 end,
          case when n % 3 = 0 then now() - interval '1 hour' end,
          case when n % 3 = 1 then now() end, now() + make_interval(secs => n - 200)
        from unnest(statuses) s, generate_series(1, 1000) n;

        -- Their chunks: waiting, enqueued long ago, enqueued now, due, damaged.
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status,
          enqueued_at, next_attempt_at, staged_at)
        select id, i, 1000, 1, 1, 'k', case when i = 3 and n % 50 = 0 then 'DAMAGED' else 'STAGED' end,
          case when i = 1 and n % 3 = 0 then now() - interval '1 hour' when i = 1 and n % 3 = 1 then now() end,
          case when i = 2 and n % 3 = 2 or i = 3 and n % 50 = 0 then now() end, now() - interval '1 hour'
        from (select id, row_number() over () as n from uploads
              where status in ('IN_PROGRESS', 'COMPLETING', 'ABORTED')) u, generate_series(0, 3) i;

        -- One large upload in parts of four chunks, half stored.
        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, stored_chunks,
          expires_at)
        values (uuidv7(), 'big', 'big', 100000000, 1000, 100000, 4, 'IN_PROGRESS', 'CHUNKED', 'text/plain',
          'local', 'big', 50000, now() + interval '1 day');
        insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status, etag,
          stored_at, enqueued_at, staged_at)
        select (select id from uploads where object_key = 'big'), i, 1000, 1, 1, 'k',
          case when i < 50000 then 'STORED' else 'STAGED' end, 'e', now(),
          case when i between 50000 and 50999 then now() - interval '1 hour'
               when i between 51000 and 70000 then now() end, now() - interval '1 hour'
        from generate_series(0, 99999) i;

        insert into idempotency_keys (owner_id, scope, key, request_hash, expires_at)
        select 'owner-' || n % 100, 'init', 'key-' || n, '', now() + make_interval(secs => n - 2000)
        from generate_series(1, 60000) n;
      end $$
      """;

  private LargeTables() {}
}
