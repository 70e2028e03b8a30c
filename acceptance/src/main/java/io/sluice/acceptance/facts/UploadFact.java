package io.sluice.acceptance.facts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of `uploads`, as far as the auditor cares.
///
/// @param fileSizeBytes null while a request of unknown length streams in
/// @param totalChunks null while unknown
/// @param purged whether the row says that every byte is gone
/// @param idleSeconds since its last change, by the database
public record UploadFact(
    UUID id,
    String ownerId,
    String fileName,
    String status,
    @Nullable Long fileSizeBytes,
    long chunkSizeBytes,
    @Nullable Integer totalChunks,
    int chunksPerPart,
    String origin,
    boolean autoComplete,
    @Nullable String sha256,
    @Nullable Integer crc32c,
    @Nullable String etag,
    String objectKey,
    @Nullable String multipartId,
    int storedChunks,
    @Nullable String endCode,
    boolean purged,
    long idleSeconds) {

  /// Whether its bytes are a file.
  public boolean isCompleted() {
    return status.equals("COMPLETED");
  }

  /// Whether it ended so that nothing of it may remain.
  public boolean isGone() {
    return status.equals("FAILED") || status.equals("ABORTED") || status.equals("DELETED");
  }

  /// How long its chunk of this index is.
  public long chunkLengthBytes(int chunkIndex) {
    long size = fileSizeBytes == null ? Long.MAX_VALUE : fileSizeBytes;
    return Math.min(chunkSizeBytes, size - chunkIndex * chunkSizeBytes);
  }
}
