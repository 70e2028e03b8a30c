package io.sluice.gateway.file;

import java.io.IOException;

/// A body is longer than a file may be.
final class FileTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  FileTooLargeException(long maxBytes) {
    super("the file is larger than " + maxBytes + " bytes");
  }
}
