package io.sluice.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// An executable jar beside its libraries instead of around them. It starts in half the time, and its classes are
/// loaded by the JVM's own loader.
public final class UnpackedJar {

  private UnpackedJar() {}

  /// Unpacks a jar unless that was done before.
  ///
  /// @param jar an executable jar, with its libraries inside
  /// @param homes the directory that unpacked jars are kept in
  /// @return the jar to be started with `-jar` instead
  /// @throws IOException if it cannot be unpacked
  public static Path of(Path jar, Path homes) throws IOException {
    // Not by its time: builds are reproducible, and give their jars one and the same.
    Path home = homes.resolve("%s-%08x".formatted(stem(jar), checksum(jar)));
    if (!Files.isDirectory(home)) {
      unpack(jar, home);
    }
    return home.resolve(jar.getFileName());
  }

  private static String stem(Path jar) {
    String name = jar.getFileName().toString();
    return name.endsWith(".jar") ? name.substring(0, name.length() - ".jar".length()) : name;
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
      extract(jar, fresh);
      move(fresh, home);
    } finally {
      if (Files.isDirectory(fresh)) {
        DirectoryTree.delete(fresh);
      }
    }
  }

  private static void extract(Path jar, Path fresh) throws IOException {
    Process process =
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
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("cannot unpack " + jar);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unpacking " + jar, interrupted);
    }
  }

  private static void move(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException failed) {
      // Somebody else, who unpacked the same jar at the same time, was first?
      if (!Files.isDirectory(home)) {
        throw failed;
      }
    }
  }
}
