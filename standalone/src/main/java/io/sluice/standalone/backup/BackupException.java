package io.sluice.standalone.backup;

import java.io.IOException;

/// Why there is no backup, or no restore, in one line for the person who asked for it.
final class BackupException extends IOException {

  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
