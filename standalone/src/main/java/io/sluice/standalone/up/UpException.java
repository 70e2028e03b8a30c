package io.sluice.standalone.up;

import java.io.IOException;

/// Why Sluice does not come up, in words for the person who started it.
final class UpException extends IOException {

  private static final long serialVersionUID = 1L;

  UpException(String message) {
    super(message);
  }
}
