package io.sluice.storage.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/// What is in a directory, shown one by one.
final class Entries {

  /// Looks at one entry.
  interface Visitor {
    /// Looks.
    ///
    /// @throws NoSuchFileException the entry went away meanwhile, which is nobody's fault
    void visit(Path entry) throws IOException;
  }

  private Entries() {}

  static void forEach(Path directory, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        visit(entry, visitor);
      }
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static void visit(Path entry, Visitor visitor) throws IOException {
    try {
      visitor.visit(entry);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /// The directory an entry is in.
  static Path directoryOf(Path entry) {
    return Objects.requireNonNull(entry.getParent(), "entry of a directory");
  }

  /// The name of an entry in its directory.
  static String nameOf(Path entry) {
    return Objects.requireNonNull(entry.getFileName(), "entry of a directory").toString();
  }
}
