package io.sluice.queue.slot;

/// Records are left that could neither be settled nor handed back; closing the consumer releases them.
final class HandBackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HandBackException(String message) {
    super(message);
  }
}
