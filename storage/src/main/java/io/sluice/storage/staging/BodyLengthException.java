package io.sluice.storage.staging;

import java.io.IOException;

/// The client's body is shorter or longer than it may be.
public final class BodyLengthException extends IOException {
  private static final long serialVersionUID = 1L;

  public BodyLengthException(String message) {
    super(message);
  }

  public BodyLengthException(String message, Throwable cause) {
    super(message, cause);
  }
}
