package io.sluice.gateway.upload;

import io.sluice.metadata.upload.Upload;
import io.sluice.model.chunk.ChunkPlan;
import java.util.UUID;

/// What never changes about an upload that is sent in chunks, and so may be remembered.
///
/// @param plan how the file is cut
/// @param declaredSha256 whether init declared the file's SHA-256
public record UploadFacts(
    UUID id, String ownerId, String fileName, ChunkPlan plan, boolean declaredSha256) {

  static UploadFacts of(Upload upload) {
    return new UploadFacts(
        upload.id(),
        upload.ownerId(),
        upload.fileName(),
        upload.plan(),
        upload.declaredSha256() != null);
  }
}
