package io.sluice.storage.object;

import java.io.IOException;

/// The object store did not answer, answered with a server error, or asked to slow down. Trying again may help.
public final class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(message);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
