package io.sluice.gateway.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of a status answer.
///
/// @param stagedChunks acknowledged and on their way into the store
/// @param storedChunks in the store
/// @param bytesReceived of both
/// @param bytesStored of the latter
/// @param damagedChunkIndexes the first of those that were acknowledged and are missing or wrong here: an
///     incident of ours, put right by sending them again or by the bytes' return
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
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int damagedChunks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> damagedChunkIndexes,
    long bytesReceived,
    long bytesStored,
    double progress,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure failure) {

  UploadView {
    damagedChunkIndexes = List.copyOf(damagedChunkIndexes);
  }

  /// Why an upload FAILED or was ABORTED.
  ///
  /// @param code a word
  /// @param detail a sentence
  record Failure(String code, String detail) {}
}
