-- The truth. Kafka and Redis can be emptied at any time; everything they held is derived from here again.

-- The legal steps of uploads and chunks, the same rows as the tables in Java (a test compares them).
-- from_status '' is birth.
create table state_transitions (
    entity      text not null check (entity in ('upload', 'chunk')),
    from_status text not null,
    to_status   text not null,
    primary key (entity, from_status, to_status)
);

insert into state_transitions (entity, from_status, to_status) values
    ('upload', '', 'INITIATED'),
    ('upload', '', 'IN_PROGRESS'),
    ('upload', '', 'COMPLETING'),
    ('upload', 'INITIATED', 'IN_PROGRESS'),
    ('upload', 'INITIATED', 'COMPLETING'),
    ('upload', 'INITIATED', 'FAILED'),
    ('upload', 'INITIATED', 'ABORTED'),
    ('upload', 'IN_PROGRESS', 'COMPLETING'),
    ('upload', 'IN_PROGRESS', 'FAILED'),
    ('upload', 'IN_PROGRESS', 'ABORTED'),
    ('upload', 'COMPLETING', 'COMPLETED'),
    ('upload', 'COMPLETING', 'FAILED'),
    ('upload', 'COMPLETING', 'DELETED'),
    ('upload', 'COMPLETED', 'DELETED'),
    ('chunk', '', 'STAGED'),
    ('chunk', 'STAGED', 'STORED'),
    ('chunk', 'STAGED', 'FAILED'),
    ('chunk', 'FAILED', 'STAGED');

create table uploads (
    id                   uuid primary key,
    owner_id             text not null check (owner_id <> ''),
    file_name            text not null check (char_length(file_name) between 1 and 1024),
    -- Unknown (null) only while one request of unknown length is still streaming in.
    file_size_bytes      bigint check (file_size_bytes >= 0),
    chunk_size_bytes     bigint not null check (chunk_size_bytes > 0),
    total_chunks         int check (total_chunks >= 0),
    chunks_per_part      int not null check (chunks_per_part > 0),
    status               text not null check (status in ('INITIATED', 'IN_PROGRESS', 'COMPLETING',
                                                         'COMPLETED', 'FAILED', 'ABORTED', 'DELETED')),
    -- CHUNKED came through init and chunk requests; ONE_REQUEST is readable before it is stored.
    origin               text not null check (origin in ('CHUNKED', 'ONE_REQUEST')),
    auto_complete        boolean not null default false,
    content_type         text not null,
    metadata             jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
    declared_sha256      text check (declared_sha256 ~ '^[0-9a-f]{64}$'),
    -- Of the whole file, once known.
    sha256               text check (sha256 ~ '^[0-9a-f]{64}$'),
    crc32c               int,
    etag                 text,
    storage_element      text not null,
    object_key           text not null unique,
    multipart_id         text,
    stored_chunks        int not null default 0 check (stored_chunks >= 0 and stored_chunks <= coalesce(total_chunks, stored_chunks)),
    -- Why it FAILED or was ABORTED.
    end_code             text,
    end_detail           text,
    -- The finalise or purge job of this upload, as the chunk columns of the same names.
    attempts             int not null default 0,
    enqueued_at          timestamptz,
    next_attempt_at      timestamptz,
    first_failed_at      timestamptz,
    last_error           text,
    created_at           timestamptz not null default now(),
    updated_at           timestamptz not null default now(),
    expires_at           timestamptz not null,
    completed_at         timestamptz,
    -- Since when it can be listed and read as a file.
    listed_at            timestamptz,
    -- Of a FAILED, ABORTED or DELETED upload: since when every byte of it is confirmed gone.
    purged_at            timestamptz,
    check (file_size_bytes is not null and total_chunks is not null
           or status in ('IN_PROGRESS', 'FAILED', 'ABORTED')),
    check (status <> 'COMPLETED' or completed_at is not null and listed_at is not null and etag is not null),
    check (purged_at is null or status in ('FAILED', 'ABORTED', 'DELETED'))
) with (fillfactor = 85);

-- Lists, newest first: ids are time-ordered.
create index uploads_by_owner on uploads (owner_id, id desc);
create index uploads_files_by_owner on uploads (owner_id, id desc)
    where listed_at is not null and status in ('COMPLETING', 'COMPLETED');
create index uploads_files_by_name on uploads (owner_id, file_name text_pattern_ops, id desc)
    where listed_at is not null and status in ('COMPLETING', 'COMPLETED');
-- The reaper's questions: what expires, what waits to be finalised, which finalise or purge jobs may
-- be lost, which are due again, what waits to be purged and was never asked for. None of these indexes
-- may name stored_chunks, not even in its condition: its updates must stay heap-only.
create index uploads_open on uploads (expires_at) where status in ('INITIATED', 'IN_PROGRESS');
create index uploads_completing on uploads (id) where status = 'COMPLETING';
create index uploads_enqueued on uploads (enqueued_at)
    where enqueued_at is not null and purged_at is null
      and status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED');
create index uploads_due on uploads (next_attempt_at)
    where next_attempt_at is not null and purged_at is null
      and status in ('COMPLETING', 'FAILED', 'ABORTED', 'DELETED');
create index uploads_to_purge on uploads (id)
    where status in ('FAILED', 'ABORTED', 'DELETED') and purged_at is null
      and enqueued_at is null and next_attempt_at is null;

create table chunks (
    upload_id        uuid not null references uploads,
    chunk_index      int not null check (chunk_index >= 0),
    size_bytes       bigint not null check (size_bytes >= 0),
    crc32c           int not null,
    crc32            int not null,
    sha256           text check (sha256 ~ '^[0-9a-f]{64}$'),
    staging_key      text not null,
    status           text not null check (status in ('STAGED', 'STORED', 'FAILED')),
    -- Of the part that holds the chunk.
    etag             text,
    -- A STAGED chunk: enqueued_at set = a job is believed to be in Kafka; next_attempt_at set = try
    -- again then; neither = it waits for its part or for its upload's window.
    enqueued_at      timestamptz,
    next_attempt_at  timestamptz,
    attempts         int not null default 0,
    first_failed_at  timestamptz,
    last_error       text,
    staged_at        timestamptz not null default now(),
    stored_at        timestamptz,
    primary key (upload_id, chunk_index),
    check (status <> 'STORED' or etag is not null and stored_at is not null),
    check (enqueued_at is null or next_attempt_at is null)
) with (fillfactor = 85);

-- Which jobs may be lost, which uploads have work on its way, which parts wait, which are due again,
-- which chunks are given up.
create index chunks_enqueued on chunks (enqueued_at)
    where status = 'STAGED' and enqueued_at is not null;
create index chunks_in_flight on chunks (upload_id)
    where status = 'STAGED' and (enqueued_at is not null or next_attempt_at is not null);
create index chunks_waiting on chunks (upload_id, chunk_index)
    where status = 'STAGED' and enqueued_at is null and next_attempt_at is null;
create index chunks_due on chunks (next_attempt_at)
    where status = 'STAGED' and next_attempt_at is not null;
create index chunks_failed on chunks (upload_id) where status = 'FAILED';

-- Append-only history, one row for each change of an upload's state, written by the guard itself.
create table upload_events (
    id          bigint generated always as identity primary key,
    upload_id   uuid not null,
    from_status text not null,
    to_status   text not null,
    code        text,
    at          timestamptz not null default now()
);
create index upload_events_by_upload on upload_events (upload_id, id);

create function refuse_history_changes() returns trigger language plpgsql as $$
begin
    raise exception 'upload_events is append-only';
end $$;
create trigger upload_events_append_only before update or delete on upload_events
    for each row execute function refuse_history_changes();
create trigger upload_events_no_truncate before truncate on upload_events
    for each statement execute function refuse_history_changes();

-- The guard: no statement of any service, and no person with psql, can take a step that is not legal.
create function guard_upload_state() returns trigger language plpgsql as $$
declare
    from_state text := case when tg_op = 'INSERT' then '' else old.status end;
begin
    if not exists (select 1 from state_transitions
                   where entity = 'upload' and from_status = from_state and to_status = new.status) then
        raise exception 'illegal upload state change: % -> %', from_state, new.status
            using errcode = 'check_violation';
    end if;
    insert into upload_events (upload_id, from_status, to_status, code)
        values (new.id, from_state, new.status, new.end_code);
    return new;
end $$;
create trigger uploads_birth before insert on uploads
    for each row execute function guard_upload_state();
create trigger uploads_step before update of status on uploads
    for each row when (old.status is distinct from new.status) execute function guard_upload_state();

create function guard_chunk_state() returns trigger language plpgsql as $$
declare
    from_state text := case when tg_op = 'INSERT' then '' else old.status end;
begin
    if not exists (select 1 from state_transitions
                   where entity = 'chunk' and from_status = from_state and to_status = new.status) then
        raise exception 'illegal chunk state change: % -> %', from_state, new.status
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
-- Birth is one legal state only, so a constant condition saves the call on the hot path.
create trigger chunks_birth before insert on chunks
    for each row when (new.status <> 'STAGED') execute function guard_chunk_state();
create trigger chunks_step before update of status on chunks
    for each row when (old.status is distinct from new.status) execute function guard_chunk_state();

create table idempotency_keys (
    owner_id      text not null,
    scope         text not null,
    key           text not null check (char_length(key) between 1 and 255),
    request_hash  bytea not null,
    -- The answer to give again; null while the first request still runs.
    response      jsonb,
    running_until timestamptz,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null,
    primary key (owner_id, scope, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);

create table api_keys (
    -- SHA-256 of the key; the key itself is never stored.
    key_hash   bytea primary key check (octet_length(key_hash) = 32),
    owner_id   text not null check (owner_id <> ''),
    admin      boolean not null default false,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

create table dead_letters (
    id              uuid primary key default gen_random_uuid(),
    job_type        text not null check (job_type in ('STORE_PART', 'FINALIZE_UPLOAD', 'PURGE_UPLOAD', 'UNREADABLE')),
    upload_id       uuid,
    part            int,
    cause           text not null,
    detail          text,
    attempts        int not null,
    -- Only of an unreadable message, cut to a bound.
    payload         bytea,
    first_failed_at timestamptz not null,
    last_failed_at  timestamptz not null default now(),
    replayed_at     timestamptz
);
create index dead_letters_open on dead_letters (id) where replayed_at is null;

-- Bytes that no row named when the reaper came by, by the database's clock: the age that counts, since
-- the clock of a file system or of a store can be wrong. They go if that is still so, and they have
-- not changed, a grace period later.
create table orphan_sightings (
    place         text not null check (place in ('STAGING', 'MULTIPART', 'OBJECT')),
    key           text not null,
    size_bytes    bigint not null,
    first_seen_at timestamptz not null default now(),
    last_seen_at  timestamptz not null default now(),
    primary key (place, key)
);
