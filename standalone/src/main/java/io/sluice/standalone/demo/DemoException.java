package io.sluice.standalone.demo;

import java.io.IOException;

/// Why the demo cannot go on, in words for the person who started it.
final class DemoException extends IOException {

  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }
}
