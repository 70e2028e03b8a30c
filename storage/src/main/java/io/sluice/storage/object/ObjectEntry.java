package io.sluice.storage.object;

import java.time.Instant;

/// One object as the reaper sees it.
///
/// @param objectKey its key
/// @param lastModified by the store's clock
public record ObjectEntry(String objectKey, Instant lastModified) {}
