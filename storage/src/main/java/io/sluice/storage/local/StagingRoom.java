package io.sluice.storage.local;

import io.sluice.storage.staging.StagingFullException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// How much may still be written to the disk of staging.
///
/// Some space is always left free, for the database and the queue may live on the same disk and must be
/// able to drain what staging holds. Bodies under way count with the length they announced, so that many
/// that start at once cannot all take the same free space for theirs.
final class StagingRoom {

  private final Path root;
  private final long minFreeBytes;

  /// Looked up once, when it is first needed and the root is there: finding it reads the table of mounts
  /// (80 µs), asking it is one system call on the root's path (1 µs).
  private volatile @Nullable FileStore disk;

  private final AtomicLong promisedBytes = new AtomicLong();

  StagingRoom(Path root, long minFreeBytes) {
    this.root = root;
    this.minFreeBytes = minFreeBytes;
  }

  /// Promises room for a body until the promise is closed.
  ///
  /// @param sizeBytes its length; 0 where it is not known
  Promise promise(long sizeBytes) throws IOException {
    check(sizeBytes);
    promisedBytes.addAndGet(sizeBytes);
    return () -> promisedBytes.addAndGet(-sizeBytes);
  }

  /// Looks whether there is room.
  ///
  /// @throws StagingFullException there is no room for `wantedBytes` more
  void check(long wantedBytes) throws IOException {
    long free = usableBytes();
    if (free - promisedBytes.get() - wantedBytes < minFreeBytes) {
      throw new StagingFullException(
          "%d bytes are free, %d promised, %d wanted, %d must stay free"
              .formatted(free, promisedBytes.get(), wantedBytes, minFreeBytes));
    }
  }

  /// What a failed write means: a full disk or a broken one. The system's words for a full disk are in
  /// the language of the process, so the space that is left counts too.
  IOException explain(IOException failure) {
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean full = words.contains("no space left") || words.contains("quota exceeded");
    return full || nothingLeft() ? new StagingFullException("staging is full", failure) : failure;
  }

  private boolean nothingLeft() {
    try {
      return usableBytes() < 4096;
    } catch (IOException e) {
      return false; // the disk is gone rather than full
    }
  }

  private long usableBytes() throws IOException {
    FileStore known = disk;
    if (known == null) {
      known = Files.getFileStore(root);
      disk = known;
    }
    return known.getUsableSpace();
  }

  /// Room that is kept for one body.
  interface Promise extends AutoCloseable {
    @Override
    void close();
  }
}
