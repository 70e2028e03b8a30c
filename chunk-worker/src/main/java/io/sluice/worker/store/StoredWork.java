package io.sluice.worker.store;

import io.sluice.worker.upload.VerifiedFile;
import org.jspecify.annotations.Nullable;

/// A part whose bytes are in the store, before its rows say so.
///
/// @param multipartId the multipart upload that the part is in, if it is in one
/// @param etag the store's tag of the part
/// @param file set if the part is the whole file and the store confirmed it
record StoredWork(
    PartWork work, @Nullable String multipartId, String etag, @Nullable VerifiedFile file) {}
