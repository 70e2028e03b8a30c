package io.sluice.storage.object;

import java.io.IOException;

/// The store does not know this multipart upload: it was completed, aborted, or never was.
public final class MultipartGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  public MultipartGoneException(String message) {
    super(message);
  }

  public MultipartGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
