package io.sluice.storage.object;

import java.io.IOException;

/// The object store refused a request for good: trying the same again cannot help without a change.
public final class StoreRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreRefusedException(String message) {
    super(message);
  }

  public StoreRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
