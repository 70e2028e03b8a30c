package io.sluice.acceptance.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file system of its own, where this process may mount one.
///
/// @param at where it is mounted
public record Mount(Path at) implements AutoCloseable {

  /// One in memory.
  ///
  /// @return empty where it is not allowed
  public static Optional<Mount> inMemory(Path at, long sizeBytes)
      throws IOException, InterruptedException {
    Files.createDirectories(at);
    return run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "sluice-test", at.toString())
        ? Optional.of(new Mount(at))
        : Optional.empty();
  }

  /// An ext4 in a file.
  ///
  /// @param image made if it is not there
  /// @param options of the mount, besides `loop`
  /// @return empty where it is not allowed
  public static Optional<Mount> ofImage(Path image, Path at, long sizeBytes, String options)
      throws IOException, InterruptedException {
    Files.createDirectories(at);
    if (!Files.exists(image)) {
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(sizeBytes);
      }
      if (!run("mkfs.ext4", "-q", "-E", "lazy_itable_init=1", image.toString())) {
        return Optional.empty();
      }
    }
    return run("mount", "-o", "loop," + options, image.toString(), at.toString())
        ? Optional.of(new Mount(at))
        : Optional.empty();
  }

  /// A directory over itself, in which nothing can be written.
  ///
  /// @return empty where it is not allowed
  public static Optional<Mount> readOnly(Path at) throws IOException, InterruptedException {
    if (!run("mount", "--bind", at.toString(), at.toString())) {
      return Optional.empty();
    }
    Mount mount = new Mount(at);
    if (run("mount", "-o", "remount,bind,ro", at.toString())) {
      return Optional.of(mount);
    }
    mount.close();
    return Optional.empty();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run("umount", at.toString()) && !run("umount", "-l", at.toString())) {
        throw new IOException("cannot unmount " + at);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
