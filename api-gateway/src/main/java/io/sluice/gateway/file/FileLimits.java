package io.sluice.gateway.file;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// How large a file may be.
@Component
final class FileLimits {

  private final long maxFileSizeBytes;

  FileLimits(@Value("${sluice.upload.max-file-size-bytes:5497558138880}") long maxFileSizeBytes) {
    this.maxFileSizeBytes = maxFileSizeBytes;
  }

  long maxFileSizeBytes() {
    return maxFileSizeBytes;
  }

  /// Refuses before the body is read.
  ///
  /// @param contentLength of the request, -1 if it has none
  void checkAnnounced(long contentLength) {
    if (contentLength > maxFileSizeBytes) {
      throw tooLarge();
    }
  }

  /// An upper bound for a file inside a request of a length.
  long bound(long contentLength) {
    return contentLength < 0 ? maxFileSizeBytes : Math.min(contentLength, maxFileSizeBytes);
  }

  ProblemException tooLarge() {
    return new ProblemException(
        ProblemCode.PAYLOAD_TOO_LARGE, "A file may have at most " + maxFileSizeBytes + " bytes.");
  }
}
