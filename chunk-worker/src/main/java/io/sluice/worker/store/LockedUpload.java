package io.sluice.worker.store;

import io.sluice.model.upload.UploadStatus;
import io.sluice.worker.upload.VerifiedFile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An upload whose row is locked until the end of the transaction, so that what is decided on it holds.
///
/// @param sha256 of the whole file, if it was taken while it came in
/// @param multipartId where its parts are, if they are in one
record LockedUpload(
    UUID id,
    UploadStatus status,
    boolean autoComplete,
    @Nullable Integer totalChunks,
    int storedChunks,
    @Nullable String declaredSha256,
    @Nullable String sha256,
    @Nullable String multipartId) {

  /// What storing the last chunk leads to.
  enum Turn {
    WAIT,
    COMPLETE,
    FAIL_CHECKSUM,
    FINALIZE
  }

  boolean isGone() {
    return status.isTerminal() && status != UploadStatus.COMPLETED;
  }

  /// Whether the file is asked for without anybody having to ask.
  boolean completesItself() {
    return status == UploadStatus.IN_PROGRESS && autoComplete;
  }

  /// @param newlyStored chunks that this transaction stored
  /// @param file what the store confirmed, if the upload is one part
  Turn after(int newlyStored, @Nullable VerifiedFile file) {
    boolean allStored = totalChunks != null && storedChunks + newlyStored == totalChunks;
    boolean wanted = status == UploadStatus.COMPLETING || completesItself();
    if (!allStored || !wanted) {
      return Turn.WAIT;
    }
    if (file == null) {
      return Turn.FINALIZE;
    }
    String known = sha256 != null ? sha256 : file.sha256();
    if (declaredSha256 == null || declaredSha256.equals(known)) {
      return Turn.COMPLETE;
    }
    return known == null ? Turn.FINALIZE : Turn.FAIL_CHECKSUM;
  }
}
