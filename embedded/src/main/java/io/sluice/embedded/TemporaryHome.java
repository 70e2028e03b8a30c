package io.sluice.embedded;

import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A directory for as long as this JVM lives. A JVM that is killed leaves its own behind; the next one deletes it.
///
/// @param path the directory
record TemporaryHome(Path path, DirectoryLock lock) implements AutoCloseable {

  private static final String PREFIX = "sluice-embedded-";

  /// A younger one may be of a JVM that has made its directory and not yet locked it.
  private static final Duration SURELY_LOCKED = Duration.ofMinutes(1);

  static TemporaryHome make() throws IOException {
    Path path = Files.createTempDirectory(PREFIX);
    TemporaryHome home = new TemporaryHome(path, DirectoryLock.take(path));
    home.deleteAbandoned();
    return home;
  }

  private void deleteAbandoned() throws IOException {
    FileTime limit =
        FileTime.from(Files.getLastModifiedTime(path).toInstant().minus(SURELY_LOCKED));
    List<Path> others;
    try (Stream<Path> siblings = Files.list(path.resolveSibling(""))) {
      others =
          siblings
              .filter(other -> other.getFileName().toString().startsWith(PREFIX))
              .filter(other -> !other.equals(path))
              .toList();
    }
    for (Path other : others) {
      try {
        if (Files.getLastModifiedTime(other).compareTo(limit) < 0) {
          DirectoryLock.take(other).close();
          DirectoryTree.delete(other);
        }
      } catch (IOException inUseOrSomeoneElses) {
        // It stays. Nobody depends on its going.
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    DirectoryTree.delete(path);
  }
}
