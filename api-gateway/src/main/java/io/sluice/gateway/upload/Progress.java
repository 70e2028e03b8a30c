package io.sluice.gateway.upload;

import io.sluice.model.chunk.ChunkStatus;
import org.jspecify.annotations.Nullable;

/// How far an upload is, from counts alone: every chunk but the last has the same size.
///
/// @param fileSize null while it is not known
/// @param lastChunk the state of the file's last chunk, or null if it was not sent
record Progress(
    @Nullable Long fileSize,
    long chunkSize,
    @Nullable Integer totalChunks,
    int stagedChunks,
    int storedChunks,
    @Nullable ChunkStatus lastChunk) {

  long bytesStored() {
    return bytes(storedChunks, ChunkStatus.STORED);
  }

  long bytesReceived() {
    return bytesStored() + bytes(stagedChunks, ChunkStatus.STAGED);
  }

  /// Four places are more than any progress bar shows.
  double share() {
    if (fileSize == null) {
      return 0;
    }
    if (fileSize == 0) {
      return 1;
    }
    return Math.floor(10_000.0 * bytesReceived() / fileSize) / 10_000;
  }

  private long bytes(int chunks, ChunkStatus status) {
    if (fileSize == null || totalChunks == null || chunks == 0) {
      return chunks * chunkSize;
    }
    if (chunks >= totalChunks) {
      return fileSize;
    }
    long shortOf = totalChunks * chunkSize - fileSize;
    return chunks * chunkSize - (lastChunk == status ? shortOf : 0);
  }
}
