package io.sluice.acceptance.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An object store that is a directory: an object is the directory of its key, each chunk a file in it
/// that is named by its index.
///
/// @param root the directory that holds the keys
/// @param clock for ages
public record ObjectDirectory(Path root, Clock clock) implements ObjectStore {

  /// What stands for the index of a file whose name is no number.
  static final int FOREIGN = -1;

  @Override
  public List<StoredObject> list() throws IOException {
    Map<String, SortedMap<Integer, Long>> pieces = new HashMap<>();
    Map<String, Long> youngest = new HashMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          Path directory = root.relativize(file).getParent();
          String key = directory == null ? file.getFileName().toString() : directory.toString();
          pieces.computeIfAbsent(key, k -> new TreeMap<>()).put(indexOf(file), Files.size(file));
          long age =
              Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant())
                  .toSeconds();
          youngest.merge(key, age, Math::min);
        }
      }
    }
    List<StoredObject> found = new ArrayList<>();
    pieces.forEach(
        (key, sizes) -> found.add(new StoredObject(key, sizes, youngest.getOrDefault(key, 0L))));
    return found;
  }

  private static int indexOf(Path file) {
    try {
      return Integer.parseInt(file.getFileName().toString());
    } catch (NumberFormatException foreign) {
      return FOREIGN;
    }
  }

  @Override
  public List<OpenMultipart> openMultiparts() {
    return List.of();
  }

  @Override
  public boolean keepsChunksApart() {
    return true;
  }

  @Override
  public Optional<InputStream> open(UploadFact upload) throws IOException {
    int chunks = upload.totalChunks() == null ? 0 : upload.totalChunks();
    List<InputStream> streams = new ArrayList<>();
    for (int index = 0; index < chunks; index++) {
      Optional<InputStream> chunk = openChunk(upload, index);
      if (chunk.isEmpty()) {
        for (InputStream stream : streams) {
          stream.close();
        }
        return Optional.empty();
      }
      streams.add(chunk.get());
    }
    return Optional.of(new SequenceInputStream(Collections.enumeration(streams)));
  }

  @Override
  public Optional<InputStream> openChunk(UploadFact upload, int chunkIndex) throws IOException {
    try {
      return Optional.of(
          Files.newInputStream(
              root.resolve(upload.objectKey()).resolve(Integer.toString(chunkIndex))));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public boolean holdsOpenPart(UploadFact upload, int chunkIndex) {
    return false;
  }
}
