package io.sluice.gateway.chunk;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.checksum.ByteDigest;
import org.jspecify.annotations.Nullable;

/// Where an upload and one of its chunks stand.
///
/// @param acknowledged the chunk that counts, or null if it was not sent
record Standing(UploadStatus upload, @Nullable Acknowledged acknowledged) {

  /// A chunk that was acknowledged.
  record Acknowledged(ChunkStatus status, ByteDigest digest) {}

  /// Whether the bytes of the chunk were lost here: the same bytes put that right, even where the client has
  /// been told that its upload is complete.
  boolean isDamaged() {
    return acknowledged != null
        && acknowledged.status() == ChunkStatus.DAMAGED
        && (upload.isActive() || upload == UploadStatus.COMPLETING);
  }

  /// Whether there is nothing to compare a body with, so that it has to be kept.
  boolean wantsBytes() {
    return acknowledged == null || isDamaged();
  }

  /// Refuses what the body could not change. A chunk that is there may be sent again as long as the
  /// upload can become, or is, a file: its client may never have seen the answer.
  ///
  /// @throws ProblemException 409
  void checkBeforeBody(IncomingChunk chunk) {
    if (acknowledged == null && !upload.isActive()) {
      throw notActive();
    }
    if (acknowledged != null) {
      checkRepeatable();
      String known = acknowledged.digest().sha256();
      String declared = chunk.declaredSha256().orElse(null);
      if (known != null && declared != null && !known.equals(declared)) {
        throw conflict();
      }
    }
  }

  /// Judges a repeated chunk by its bytes.
  ///
  /// @return the chunk's present status
  /// @throws ProblemException 409: other bytes, or the upload has ended without becoming a file
  ChunkStatus judge(ByteDigest sent) {
    if (acknowledged == null) {
      throw notActive();
    }
    checkRepeatable();
    if (!acknowledged.digest().matches(sent)) {
      throw conflict();
    }
    return acknowledged.status();
  }

  /// What puts a damaged chunk right are the bytes that were acknowledged, and no others.
  ///
  /// @throws ProblemException 409
  void checkRepair(ByteDigest sent) {
    if (acknowledged != null && !acknowledged.digest().matches(sent)) {
      throw conflict();
    }
  }

  private void checkRepeatable() {
    if (upload == UploadStatus.FAILED
        || upload == UploadStatus.ABORTED
        || upload == UploadStatus.DELETED) {
      throw notActive();
    }
  }

  private ProblemException notActive() {
    return new ProblemException(
        ProblemCode.UPLOAD_NOT_ACTIVE, "The upload is " + upload + " and takes no chunks.");
  }

  private static ProblemException conflict() {
    return new ProblemException(
        ProblemCode.CHUNK_CONFLICT, "This chunk was acknowledged with other bytes.");
  }
}
