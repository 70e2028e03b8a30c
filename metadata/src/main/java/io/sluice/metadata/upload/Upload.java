package io.sluice.metadata.upload;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/// One row of `uploads`. Columns are described in the migration.
@Table("uploads")
public record Upload(
    @Id UUID id,
    String ownerId,
    String fileName,
    @Nullable Long fileSizeBytes,
    long chunkSizeBytes,
    @Nullable Integer totalChunks,
    int chunksPerPart,
    UploadStatus status,
    UploadOrigin origin,
    boolean autoComplete,
    String contentType,
    UserMetadata metadata,
    @Nullable String declaredSha256,
    @Nullable String sha256,
    @Nullable Integer crc32c,
    @Nullable String etag,
    String storageElement,
    String objectKey,
    @Nullable String multipartId,
    int storedChunks,
    @Nullable String endCode,
    @Nullable String endDetail,
    int attempts,
    @Nullable Instant enqueuedAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant firstFailedAt,
    @Nullable String lastError,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    @Nullable Instant completedAt,
    @Nullable Instant listedAt,
    @Nullable Instant purgedAt) {

  /// How the file was cut.
  ///
  /// @throws IllegalStateException while the size of a one-request upload is still unknown
  public ChunkPlan plan() {
    if (fileSizeBytes == null || totalChunks == null) {
      throw new IllegalStateException("the size of upload " + id + " is not known yet");
    }
    return new ChunkPlan(fileSizeBytes, chunkSizeBytes, totalChunks, chunksPerPart);
  }

  /// Whether it can be listed and read as a file.
  public boolean isFile() {
    return listedAt != null
        && (status == UploadStatus.COMPLETING || status == UploadStatus.COMPLETED);
  }
}
