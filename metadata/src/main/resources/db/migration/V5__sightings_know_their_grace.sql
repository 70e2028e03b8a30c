-- Bytes of an upload that no row of this database knows may be those of rows that were lost with a restore: they wait
-- far longer than what a known upload does not name. What was seen before counts as unknown until it is seen again.
alter table orphan_sightings
    add column unknown       boolean not null default true,
    -- How long after first_seen_at they go at the earliest, by the settings of whoever saw them last.
    add column grace_seconds int not null default 604800 check (grace_seconds >= 0);
