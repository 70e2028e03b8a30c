package io.sluice.worker.upload;

import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.object.ObjectRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The columns of `uploads` that a worker needs, and no more: it reads one of these for each job.
///
/// @param sha256 of the whole file, if it was taken while it came in
/// @param purged whether every byte of it was once confirmed gone
/// @param updatedAt when it last changed in a way that matters to others
public record WorkUpload(
    UUID id,
    UploadStatus status,
    UploadOrigin origin,
    @Nullable Long fileSizeBytes,
    long chunkSizeBytes,
    @Nullable Integer totalChunks,
    int chunksPerPart,
    String contentType,
    @Nullable String declaredSha256,
    @Nullable String sha256,
    String objectKey,
    @Nullable String multipartId,
    int storedChunks,
    int attempts,
    @Nullable Instant firstFailedAt,
    boolean purged,
    Instant updatedAt) {

  /// How the file was cut; empty while the size of a one-request upload is still unknown.
  public Optional<ChunkPlan> plan() {
    if (fileSizeBytes == null || totalChunks == null) {
      return Optional.empty();
    }
    return Optional.of(new ChunkPlan(fileSizeBytes, chunkSizeBytes, totalChunks, chunksPerPart));
  }

  /// Its object under a plan.
  public ObjectRef object(ChunkPlan plan) {
    return new ObjectRef(objectKey, plan, contentType);
  }

  /// Whether its bytes are to go: it ended as anything but a file.
  public boolean isGone() {
    return status.isTerminal() && status != UploadStatus.COMPLETED;
  }
}
