package io.sluice.gateway.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a status answer.
///
/// @param stagedChunks acknowledged and on their way into the store
/// @param storedChunks in the store
/// @param bytesReceived of both
/// @param bytesStored of the latter
/// @param progress share of the file that is acknowledged, 0 to 1
record UploadView(
    UUID uploadId,
    String fileName,
    UploadStatus status,
    @Nullable Long fileSize,
    long chunkSize,
    @Nullable Integer totalChunks,
    int stagedChunks,
    int storedChunks,
    long bytesReceived,
    long bytesStored,
    double progress,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure failure) {

  /// Why an upload FAILED or was ABORTED.
  ///
  /// @param code a word
  /// @param detail a sentence
  record Failure(String code, String detail) {}
}
