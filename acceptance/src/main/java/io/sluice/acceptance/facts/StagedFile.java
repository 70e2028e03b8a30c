package io.sluice.acceptance.facts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that lies in staging.
///
/// @param key as `chunks.staging_key` names it
/// @param uploadId from its name, or null if the name says nothing
/// @param sizeBytes its size
/// @param ageSeconds since it was last written
public record StagedFile(String key, @Nullable UUID uploadId, long sizeBytes, long ageSeconds) {}
