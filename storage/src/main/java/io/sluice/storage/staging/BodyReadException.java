package io.sluice.storage.staging;

import java.io.IOException;

/// The client's body could not be read to its end: the connection broke.
public final class BodyReadException extends IOException {
  private static final long serialVersionUID = 1L;

  public BodyReadException(String message) {
    super(message);
  }

  public BodyReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
