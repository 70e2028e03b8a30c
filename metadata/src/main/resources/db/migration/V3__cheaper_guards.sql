-- The same guards for less, measured with files of 1 KiB, of which PostgreSQL's share of the processor time was a fifth.

-- The new constraints are checked for every row there is.
set local transaction_timeout = 0;

-- A regular expression is worked out anew each time it is checked, and every update of an upload checks all of its row.
alter table uploads
    drop constraint uploads_sha256_check,
    drop constraint uploads_declared_sha256_check,
    add constraint uploads_sha256_check
        check (length(sha256) = 64 and ltrim(sha256, '0123456789abcdef') = ''),
    add constraint uploads_declared_sha256_check
        check (length(declared_sha256) = 64 and ltrim(declared_sha256, '0123456789abcdef') = '');
alter table chunks
    drop constraint chunks_sha256_check,
    add constraint chunks_sha256_check
        check (length(sha256) = 64 and ltrim(sha256, '0123456789abcdef') = '');

-- Uploads are born many to a statement: one look at the table of steps for all of them, one insert of their events.
create function guard_upload_births() returns trigger language plpgsql as $$
declare
    illegal text;
begin
    select born.status into illegal from born
    where not exists (select 1 from state_transitions
                      where entity = 'upload' and from_status = '' and to_status = born.status)
    limit 1;
    if found then
        raise exception 'illegal upload state change:  -> %', illegal using errcode = 'check_violation';
    end if;
    insert into upload_events (upload_id, from_status, to_status, code)
        select id, '', status, end_code from born;
    return null;
end $$;
drop trigger uploads_birth on uploads;
create trigger uploads_birth after insert on uploads referencing new table as born
    for each statement execute function guard_upload_births();

-- As with their birth, the one step that every chunk takes is known to be legal without a call.
drop trigger chunks_step on chunks;
create trigger chunks_step before update of status on chunks
    for each row when (old.status is distinct from new.status
                       and not (old.status = 'STAGED' and new.status = 'STORED'))
    execute function guard_chunk_state();
