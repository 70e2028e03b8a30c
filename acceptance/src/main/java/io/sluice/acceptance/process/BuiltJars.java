package io.sluice.acceptance.process;

import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// Finds what the build made, and unpacks it: an executable jar takes twice as long to start as the same jar beside
/// its libraries, and faults make processes start all the time.
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
    Path jar = finding.of(role);
    // Not by its time: builds are reproducible, and give their jars one and the same.
    Path home = unpacked.resolve("%s-%08x".formatted(role.module(), checksum(jar)));
    if (!Files.isDirectory(home)) {
      unpack(jar, home);
    }
    return home.resolve(jar.getFileName());
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

  private static long checksum(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream bytes = new CheckedInputStream(Files.newInputStream(file), checksum)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return checksum.getValue();
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
