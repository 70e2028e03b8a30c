package io.sluice.acceptance.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/// Finds what the build made.
///
/// @param root of the source tree
public record BuiltJars(Path root) {

  /// The source tree this process runs in: the nearest directory upwards that holds the modules.
  public static BuiltJars here() {
    Path directory = Path.of(System.getProperty("sluice.tree", "")).toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve(Role.GATEWAY.module()))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException(
          "this is not inside the source tree; set the system property sluice.tree");
    }
    return new BuiltJars(directory);
  }

  /// The executable jar of a service.
  Path of(Role role) throws IOException {
    Path target = root.resolve(role.module()).resolve("target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-exec.jar")) {
      Iterator<Path> found = jars.iterator();
      if (found.hasNext()) {
        return found.next().toAbsolutePath();
      }
    }
    throw new IOException("no executable jar in " + target + ": build it first");
  }
}
