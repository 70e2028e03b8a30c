package io.sluice.embedded.postgres;

import io.sluice.embedded.process.BinaryCache;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs for this machine, unpacked from the artifact on the first start.
///
/// @param home the directory that holds `bin`, `lib` and `share`
record PostgresBinaries(Path home) {

  private static final int EXECUTE_BITS = 0111;

  static PostgresBinaries unpacked() throws IOException {
    String resource = "/postgres-linux-" + architecture() + ".txz";
    URL archive = PostgresBinaries.class.getResource(resource);
    if (archive == null) {
      throw new FileNotFoundException(
          "no PostgreSQL for this machine on the class path: " + resource);
    }
    return new PostgresBinaries(
        BinaryCache.ofUser()
            .directory("postgres-" + fingerprint(archive), into -> unpack(archive, into)));
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static String architecture() throws IOException {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> throw new IOException("no embedded PostgreSQL for " + name);
    };
  }

  /// The archive's checksum as the jar's directory gives it: telling versions apart costs no reading of 15 MB.
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return "%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    return "%d-%d".formatted(connection.getLastModified(), connection.getContentLengthLong());
  }

  private static void unpack(URL archive, Path into) throws IOException {
    try (InputStream packed = new BufferedInputStream(archive.openStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new IOException("entry outside of the archive: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & EXECUTE_BITS) != 0) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(path, permissions);
    }
  }
}
