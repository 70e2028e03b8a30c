package io.sluice.storage.place;

import java.io.IOException;

/// There is something where the mark should be, and it is not one. Never to be taken for no mark.
public final class MarkUnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  public MarkUnreadableException(String message) {
    super(message);
  }

  public MarkUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
