package io.sluice.worker.circuit;

import java.io.IOException;

/// The store was not asked, because it is known to be away.
public final class CircuitOpenException extends IOException {
  private static final long serialVersionUID = 1L;

  public CircuitOpenException() {
    super("the object store is away");
  }
}
