package io.sluice.storage.object;

import java.io.IOException;

/// The object store did not answer, answered with a server error, or asked to slow down. Trying again may help.
public final class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean throttled;

  public StoreUnavailableException(String message) {
    super(message);
    this.throttled = false;
  }

  public StoreUnavailableException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private StoreUnavailableException(String message, Throwable cause, boolean throttled) {
    super(message, cause);
    this.throttled = throttled;
  }

  /// The store works and asks for fewer requests.
  public static StoreUnavailableException throttled(String message, Throwable cause) {
    return new StoreUnavailableException(message, cause, true);
  }

  /// Whether the store asked to slow down, rather than being broken or out of reach: a reason to send
  /// less, not to stop.
  public boolean isThrottled() {
    return throttled;
  }
}
