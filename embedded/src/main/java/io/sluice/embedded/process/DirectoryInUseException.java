package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.Path;

/// Someone alive runs on this directory already.
public final class DirectoryInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path directory) {
    super(directory + " is in use by another running process");
  }
}
