package io.sluice.storage.staging;

import java.time.Instant;
import java.util.UUID;

/// One run of staged bytes as the sweeper sees it.
///
/// @param stagingKey its key
/// @param uploadId the upload it was staged for
/// @param chunkIndex the chunk it was staged for
/// @param sizeBytes its size now
/// @param lastModified by the clock of the file system or the store
public record StagedEntry(
    String stagingKey, UUID uploadId, int chunkIndex, long sizeBytes, Instant lastModified) {}
