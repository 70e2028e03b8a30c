package io.sluice.acceptance.process;

import io.sluice.embedded.process.UnpackedJar;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/// Finds what the build made, and unpacks it, for faults make processes start all the time.
public final class BuiltJars {

  private final Finding finding;
  private final Path unpacked;

  @FunctionalInterface
  private interface Finding {
    Path of(Role role) throws IOException;
  }

  private BuiltJars(Finding finding, Path unpacked) {
    this.finding = finding;
    this.unpacked = unpacked;
  }

  /// In the directory that the system property `sluice.services` names, as the launcher gathers them; else
  /// in the source tree this process runs in: the nearest directory upwards that holds the modules.
  public static BuiltJars here() {
    String gathered = System.getProperty("sluice.services");
    if (gathered != null) {
      Path services = Path.of(gathered);
      return new BuiltJars(
          role -> services.resolve(role.word() + ".jar"), services.resolve("unpacked"));
    }
    Path directory = Path.of(System.getProperty("sluice.tree", "")).toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve(Role.GATEWAY.module()))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException(
          "this is not inside the source tree; set the system property sluice.tree");
    }
    Path modules = directory;
    return new BuiltJars(
        role -> executable(modules, role), modules.resolve("acceptance/target/services"));
  }

  /// The jar of a service to be started with `-jar`.
  Path of(Role role) throws IOException {
    return UnpackedJar.of(finding.of(role), unpacked);
  }

  private static Path executable(Path modules, Role role) throws IOException {
    Path target = modules.resolve(role.module()).resolve("target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-exec.jar")) {
      Iterator<Path> found = jars.iterator();
      if (found.hasNext()) {
        return found.next().toAbsolutePath();
      }
    }
    throw new IOException("no executable jar in " + target + ": build it first");
  }
}
