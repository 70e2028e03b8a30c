package io.sluice.storage.staging;

import java.io.IOException;

/// There are no staged bytes under a key.
public final class StagedBytesMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  public StagedBytesMissingException(String message) {
    super(message);
  }

  public StagedBytesMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
