package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps programs unpacked from artifacts, so that only the first start on a machine pays for it.
///
/// It is `sluice.cache.directory` (system property), else `sluice` under `XDG_CACHE_HOME`, else `~/.cache/sluice`.
public final class BinaryCache {

  private BinaryCache() {}

  /// Fills a directory that nobody else sees yet.
  @FunctionalInterface
  public interface Unpacking {
    /// Unpacks into the existing, empty directory.
    void into(Path directory) throws IOException;
  }

  /// The directory of that key, unpacked if it was not there. It appears whole or not at all, however many do this
  /// at once and wherever one of them is interrupted.
  ///
  /// @param key names the content: another content needs another key
  public static Path directory(String key, Unpacking unpacking) throws IOException {
    Path root = root();
    Path wanted = root.resolve(key);
    if (Files.isDirectory(wanted)) {
      return wanted;
    }
    try {
      Files.createDirectories(root);
    } catch (IOException refused) {
      throw new IOException(
          "cannot create the cache directory "
              + root
              + "; set the system property"
              + " sluice.cache.directory to a writable one",
          refused);
    }
    Path draft = Files.createTempDirectory(root, key + ".draft-");
    try {
      unpacking.into(draft);
      Files.move(draft, wanted, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException othersWereFirst) {
      delete(draft);
    } catch (IOException | RuntimeException failed) {
      delete(draft);
      if (!Files.isDirectory(wanted)) {
        throw failed;
      }
    }
    return wanted;
  }

  /// Deletes a directory with all it holds, if it is there.
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static Path root() {
    Map<String, String> environment = System.getenv();
    String configured = System.getProperty("sluice.cache.directory");
    if (configured != null) {
      return Path.of(configured).toAbsolutePath();
    }
    String cacheHome = environment.get("XDG_CACHE_HOME");
    return cacheHome == null || cacheHome.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "sluice")
        : Path.of(cacheHome, "sluice");
  }
}
