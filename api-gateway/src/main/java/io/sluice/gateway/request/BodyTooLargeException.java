package io.sluice.gateway.request;

import java.io.IOException;

/// A body went on past its bound.
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long maxBytes;

  public BodyTooLargeException(long maxBytes) {
    super("more than " + maxBytes + " bytes");
    this.maxBytes = maxBytes;
  }

  /// The bound.
  public long maxBytes() {
    return maxBytes;
  }
}
