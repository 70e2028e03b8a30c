package io.sluice.storage.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Makes directories whose own names survive a power cut.
///
/// A directory that exists may have been made by a process that died before the fsync of its parent, so
/// existence proves nothing; what this process has seen through is remembered, within a limit.
final class DurableDirectories {

  private static final int REMEMBERED = 10_000;

  private final DirectorySync sync;
  private final Set<Path> durable =
      Collections.synchronizedSet(Collections.newSetFromMap(new Recent(REMEMBERED)));

  DurableDirectories(DirectorySync sync) {
    this.sync = sync;
  }

  /// Makes a directory and all above it that are missing; for the start.
  void makeAll(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      makeAll(parent);
    }
    make(directory.toAbsolutePath());
  }

  /// Makes one directory below one that is durable already.
  void make(Path directory) throws IOException {
    if (durable.contains(directory)) {
      return;
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
    Path parent = directory.getParent();
    if (parent != null) {
      sync.sync(parent);
    }
    durable.add(directory);
  }

  /// Forgets a directory that was removed.
  void forget(Path directory) {
    durable.remove(directory);
  }

  private static final class Recent extends LinkedHashMap<Path, Boolean> {
    private static final long serialVersionUID = 1L;
    private final int limit;

    Recent(int limit) {
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
      return size() > limit;
    }
  }
}
