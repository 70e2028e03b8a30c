package io.sluice.embedded.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The sole right to run a server on a directory. The operating system gives it back when the holder dies, however
/// it dies: so whoever has the lock knows that any process left of an earlier holder is an orphan.
public final class DirectoryLock implements AutoCloseable {

  /// Asked before the file is opened: on Linux, closing a second channel would drop the lock of the first.
  private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Takes the lock, creating the directory if need be.
  ///
  /// @throws DirectoryInUseException if a living process holds it
  public static DirectoryLock take(Path wanted) throws IOException {
    Path directory = Files.createDirectories(wanted).toRealPath();
    if (!HELD_BY_THIS_JVM.add(directory)) {
      throw new DirectoryInUseException(directory);
    }
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("in-use.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return new DirectoryLock(directory, channel);
      }
      channel.close();
      throw new DirectoryInUseException(directory);
    } catch (IOException | RuntimeException failed) {
      HELD_BY_THIS_JVM.remove(directory);
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_BY_THIS_JVM.remove(directory);
    }
  }
}
