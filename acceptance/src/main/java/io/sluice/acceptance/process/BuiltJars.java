package io.sluice.acceptance.process;

import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;

/// Finds what the build made, and unpacks it: an executable jar takes twice as long to start as the same jar beside
/// its libraries, and faults make processes start all the time.
public final class BuiltJars {

  private final Path modules;
  private final Path unpacked;

  private BuiltJars(Path modules, Path unpacked) {
    this.modules = modules;
    this.unpacked = unpacked;
  }

  /// Of the source tree this process runs in: the nearest directory upwards that holds the modules.
  public static BuiltJars here() {
    Path directory = Path.of(System.getProperty("sluice.tree", "")).toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve(Role.GATEWAY.module()))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException(
          "this is not inside the source tree; set the system property sluice.tree");
    }
    return new BuiltJars(directory, directory.resolve("acceptance/target/services"));
  }

  /// The jar of a service to be started with `-jar`.
  Path of(Role role) throws IOException {
    Path jar = executable(role);
    Path home = unpacked.resolve(role.module() + "-" + Files.getLastModifiedTime(jar).toMillis());
    if (!Files.isDirectory(home)) {
      unpack(jar, home);
    }
    return home.resolve(jar.getFileName());
  }

  private Path executable(Role role) throws IOException {
    Path target = modules.resolve(role.module()).resolve("target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-exec.jar")) {
      Iterator<Path> found = jars.iterator();
      if (found.hasNext()) {
        return found.next().toAbsolutePath();
      }
    }
    throw new IOException("no executable jar in " + target + ": build it first");
  }

  private static void unpack(Path jar, Path home) throws IOException {
    Files.createDirectories(home.getParent());
    Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
    try {
      int ended =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djarmode=tools",
                  "-jar",
                  jar.toString(),
                  "extract",
                  "--force",
                  "--destination",
                  fresh.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor();
      if (ended != 0) {
        throw new IOException("cannot unpack " + jar);
      }
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unpacking " + jar, e);
    } finally {
      if (Files.isDirectory(fresh)) {
        DirectoryTree.delete(fresh);
      }
    }
  }
}
