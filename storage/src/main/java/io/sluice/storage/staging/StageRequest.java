package io.sluice.storage.staging;

import java.util.UUID;

/// One body that is to be staged.
///
/// @param uploadId the upload it belongs to
/// @param chunkIndex the chunk it is
/// @param exactBytes its exact length, or -1 where only an upper bound is known
/// @param maxBytes no more than this is taken; equal to `exactBytes` where that is known
/// @param wantSha256 whether to take a SHA-256 on the way
public record StageRequest(
    UUID uploadId, int chunkIndex, long exactBytes, long maxBytes, boolean wantSha256) {

  public StageRequest {
    if (chunkIndex < 0 || maxBytes < 0 || exactBytes < -1 || exactBytes > maxBytes) {
      throw new IllegalArgumentException("impossible request to stage");
    }
  }

  /// A chunk whose length the plan knows.
  public static StageRequest exactly(
      UUID uploadId, int chunkIndex, long exactBytes, boolean wantSha256) {
    return new StageRequest(uploadId, chunkIndex, exactBytes, exactBytes, wantSha256);
  }
}
