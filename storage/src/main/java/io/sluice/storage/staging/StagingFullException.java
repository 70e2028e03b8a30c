package io.sluice.storage.staging;

import java.io.IOException;

/// Staging has no room.
public final class StagingFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public StagingFullException(String message) {
    super(message);
  }

  public StagingFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
