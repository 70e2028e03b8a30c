package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Keeps programs unpacked from artifacts, so that only the first start on a machine pays for it.
///
/// It is `sluice.cache.directory` (system property), else `sluice` under `XDG_CACHE_HOME`, else `~/.cache/sluice`.
///
/// @param root the directory of all its directories
public record BinaryCache(Path root) {

  /// The cache of this user.
  public static BinaryCache ofUser() {
    String configured = System.getProperty("sluice.cache.directory");
    if (configured != null) {
      return new BinaryCache(Path.of(configured).toAbsolutePath());
    }
    String cacheHome = System.getenv("XDG_CACHE_HOME");
    return new BinaryCache(
        cacheHome == null || cacheHome.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "sluice")
            : Path.of(cacheHome, "sluice"));
  }

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
  public Path directory(String key, Unpacking unpacking) throws IOException {
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
      DirectoryTree.delete(draft);
    } catch (IOException | RuntimeException failed) {
      DirectoryTree.delete(draft);
      if (!Files.isDirectory(wanted)) {
        throw failed;
      }
    }
    return wanted;
  }
}
