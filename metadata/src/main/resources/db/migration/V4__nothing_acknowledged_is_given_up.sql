-- Nothing that was acknowledged is given up by us: a chunk that cannot be stored stays STAGED and is tried for ever,
-- and only one whose bytes are proven missing or wrong is DAMAGED, an incident that its client, or the bytes' return,
-- puts right. An upload FAILS for what its own client did, and for nothing else.

-- As many rows as there are: what follows is not cut short.
set local transaction_timeout = 0;

insert into state_transitions (entity, from_status, to_status) values
    ('chunk', 'STAGED', 'DAMAGED'),
    ('chunk', 'STORED', 'DAMAGED'),
    ('chunk', 'DAMAGED', 'STAGED'),
    ('chunk', 'DAMAGED', 'STORED');

-- What the build before gave up is tried again. A worker finds out anew which bytes are really gone.
update chunks set status = 'STAGED', attempts = 0, enqueued_at = null, next_attempt_at = now()
where status = 'FAILED';

-- So are uploads that were ended for it, as far as nobody has removed their bytes yet.
alter table uploads disable trigger uploads_step;
with taken_back as (
    update uploads u
    set status = case when u.total_chunks = (select count(*) from chunks c where c.upload_id = u.id)
                      then 'COMPLETING' else 'IN_PROGRESS' end,
        end_code = null, end_detail = null, attempts = 0, first_failed_at = null, last_error = null,
        enqueued_at = null, next_attempt_at = null, updated_at = now(),
        expires_at = greatest(u.expires_at, now() + interval '1 day')
    where u.status = 'FAILED' and u.purged_at is null
      and coalesce(u.end_code, '') not in ('file_checksum_mismatch', 'unsupported_media_type')
    returning u.id, u.status
)
insert into upload_events (upload_id, from_status, to_status, code)
    select id, 'FAILED', status, 'taken_back' from taken_back;
alter table uploads enable trigger uploads_step;

delete from state_transitions where entity = 'chunk' and 'FAILED' in (from_status, to_status);
alter table chunks
    drop constraint chunks_status_check,
    add constraint chunks_status_check check (status in ('STAGED', 'STORED', 'DAMAGED'));
drop index chunks_failed;
create index chunks_damaged on chunks (upload_id, chunk_index) where status = 'DAMAGED';
-- A DAMAGED chunk is looked at again as any other that waits for its next try.
drop index chunks_due;
create index chunks_due on chunks (next_attempt_at)
    where status in ('STAGED', 'DAMAGED') and next_attempt_at is not null;

-- The reasons that are a client's own. No code of any service, and no person with psql, fails an upload for another.
create or replace function guard_upload_state() returns trigger language plpgsql as $$
declare
    from_state text := case when tg_op = 'INSERT' then '' else old.status end;
begin
    if not exists (select 1 from state_transitions
                   where entity = 'upload' and from_status = from_state and to_status = new.status) then
        raise exception 'illegal upload state change: % -> %', from_state, new.status
            using errcode = 'check_violation';
    end if;
    if new.status = 'FAILED'
       and coalesce(new.end_code, '') not in ('file_checksum_mismatch', 'unsupported_media_type') then
        raise exception 'no upload fails for %', coalesce(new.end_code, 'no reason')
            using errcode = 'check_violation';
    end if;
    insert into upload_events (upload_id, from_status, to_status, code)
        values (new.id, from_state, new.status, new.end_code);
    return new;
end $$;

-- A dead letter is open while its job is parked: once for each job, until it succeeds or has no object any more
-- (resolved) or somebody asks for it (replayed).
alter table dead_letters add column resolved_at timestamptz;
update dead_letters d set resolved_at = now()
where replayed_at is null and upload_id is not null and exists (
    select 1 from dead_letters later
    where later.replayed_at is null and later.job_type = d.job_type and later.upload_id = d.upload_id
      and later.part is not distinct from d.part and later.id > d.id);
update dead_letters d set resolved_at = now()
where replayed_at is null and resolved_at is null and upload_id is not null and not exists (
    select 1 from uploads u
    where u.id = d.upload_id and u.status <> 'COMPLETED' and u.purged_at is null);
drop index dead_letters_open;
create index dead_letters_open on dead_letters (cause) where replayed_at is null and resolved_at is null;
create unique index dead_letters_once on dead_letters (upload_id, job_type, coalesce(part, -1))
    where replayed_at is null and resolved_at is null and upload_id is not null;

-- Whose database this is: places that hold its bytes carry the id.
create table deployment (
    one                boolean primary key default true check (one),
    id                 uuid not null default gen_random_uuid(),
    made_at            timestamptz not null default now(),
    -- Nothing is removed from any place before this time: somebody takes a backup.
    removals_held_until timestamptz,
    -- When expiry was last looked at: time in which nobody was there to be sent anything does not count.
    expiry_seen_at     timestamptz
);
insert into deployment default values;

-- The places that rows name bytes in, one of each kind. The mark at the place says the same.
create table places (
    kind       text primary key check (kind in ('STAGING', 'OBJECTS')),
    place_id   uuid not null,
    backend    text not null check (backend in ('local', 's3', 'r2')),
    -- Bucket and prefix, or directory, as they were configured when it was claimed.
    location   text not null,
    -- Moved forward all the time, and then at the place: a mark that is ahead was written for rows that this
    -- database does not have.
    generation bigint not null default 1,
    claimed_at timestamptz not null default now()
);

-- A sweep that would remove more than it may without being told so. Gone with the pass that removed them, or that
-- found fewer.
create table sweep_brakes (
    place        text primary key check (place in ('STAGING', 'MULTIPART', 'OBJECT')),
    would_remove bigint not null,
    seen         bigint not null,
    since        timestamptz not null default now(),
    confirmed_at timestamptz,
    confirmed_by text
);
