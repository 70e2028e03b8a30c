package io.sluice.storage.staging;

import java.io.IOException;

/// Staged bytes are not the bytes that were acknowledged.
public final class StagedBytesDamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  public StagedBytesDamagedException(String message) {
    super(message);
  }

  public StagedBytesDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
