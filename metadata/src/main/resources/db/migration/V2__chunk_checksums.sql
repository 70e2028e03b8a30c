-- The CRC32C of every chunk of a COMPLETED upload of several chunks, for checking ranges of its object:
-- 4 bytes a chunk, big endian, by index. Rows of chunks are pruned, these stay until the upload is purged.
-- Beside uploads and not in it, since that table's rows are updated often and most files are one chunk,
-- whose CRC32C is the file's. External: the bytes do not compress, and a slice is read without the rest.
create table chunk_checksums (
    upload_id uuid primary key references uploads,
    crc32cs   bytea not null check (octet_length(crc32cs) % 4 = 0)
);
alter table chunk_checksums alter column crc32cs set storage external;

-- In the transaction that completes, whoever it is. Rows with gaps are not kept: they would blame the
-- wrong chunk.
create function keep_chunk_checksums() returns trigger language plpgsql as $$
begin
    insert into chunk_checksums (upload_id, crc32cs)
        select new.id, string_agg(int4send(crc32c), ''::bytea order by chunk_index)
        from chunks where upload_id = new.id and status = 'STORED'
        having count(*) = new.total_chunks;
    return null;
end $$;
create trigger uploads_checksums after update of status on uploads
    for each row when (new.status = 'COMPLETED' and old.status <> 'COMPLETED' and new.total_chunks > 1)
    execute function keep_chunk_checksums();
