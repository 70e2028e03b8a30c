package io.sluice.gateway.chunk;

import io.sluice.storage.staging.StagedBytes;
import java.time.Instant;
import java.util.Optional;

/// A chunk whose bytes are durable and which no row names yet.
///
/// @param began before its first byte was staged, by the database's clock
/// @param contentType what the file is, if this chunk is its begin
record ReceivedChunk(
    IncomingChunk chunk, StagedBytes staged, Instant began, Optional<String> contentType) {}
