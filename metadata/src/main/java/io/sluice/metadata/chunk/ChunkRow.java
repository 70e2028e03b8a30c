package io.sluice.metadata.chunk;

import io.sluice.model.chunk.ChunkStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of `chunks`, for `DataClassRowMapper` over `select *`.
public record ChunkRow(
    UUID uploadId,
    int chunkIndex,
    long sizeBytes,
    int crc32c,
    int crc32,
    @Nullable String sha256,
    String stagingKey,
    ChunkStatus status,
    @Nullable String etag,
    @Nullable Instant enqueuedAt,
    @Nullable Instant nextAttemptAt,
    int attempts,
    @Nullable Instant firstFailedAt,
    @Nullable String lastError,
    Instant stagedAt,
    @Nullable Instant storedAt) {}
