package io.sluice.acceptance.workload;

import java.io.Serial;

/// A client was told to stop, or waited longer than anybody would.
public final class GaveUpException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  GaveUpException(String message) {
    super(message);
  }
}
