package io.sluice.gateway.completion;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.Sha256Text;
import org.jspecify.annotations.Nullable;

/// The body of complete as it came.
record CompleteRequest(@Nullable String fileChecksumSha256) {

  static final CompleteRequest NONE = new CompleteRequest(null);

  /// The file's digest as this call declares it, in lower case.
  ///
  /// @throws ProblemException 422: it is none
  @Nullable String checkedSha256() {
    return Sha256Text.checked("file_checksum_sha256", fileChecksumSha256);
  }
}
