package io.sluice.storage.object;

import io.sluice.model.chunk.ChunkPlan;

/// Names an object and says how its file was cut.
///
/// @param objectKey unique for its upload, below the store's prefix, never reused
/// @param plan how the file was cut into chunks and parts
/// @param contentType what the object is stored as
public record ObjectRef(String objectKey, ChunkPlan plan, String contentType) {}
