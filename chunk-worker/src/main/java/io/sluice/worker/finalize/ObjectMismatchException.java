package io.sluice.worker.finalize;

import java.io.IOException;

/// The store has no such object, or another than was sent.
final class ObjectMismatchException extends IOException {
  private static final long serialVersionUID = 1L;

  ObjectMismatchException(String message) {
    super(message);
  }
}
