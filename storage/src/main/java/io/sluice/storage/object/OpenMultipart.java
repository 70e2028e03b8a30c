package io.sluice.storage.object;

import java.time.Instant;

/// A multipart upload that the store holds open.
///
/// @param objectKey the key it would become
/// @param multipartId the store's id for it
/// @param initiated by the store's clock
public record OpenMultipart(String objectKey, String multipartId, Instant initiated) {}
