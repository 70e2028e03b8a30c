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

/// An object store that is a directory. An object of several chunks is the directory `<shard>/<uploadId>`
/// with a file for each chunk, named by its index; one of a single chunk, or none, is a file of that name.
///
/// @param root the directory that holds the keys
/// @param clock for ages
public record ObjectDirectory(Path root, Clock clock) implements ObjectStore {

  /// What stands for the index of a file whose name is no number.
  static final int FOREIGN = -1;

  private static final int KEY_NAMES = 2;

  @Override
  public List<StoredObject> list() throws IOException {
    Map<String, SortedMap<Integer, Long>> pieces = new HashMap<>();
    Map<String, Long> youngest = new HashMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          Path name = root.relativize(file);
          if (name.startsWith(PlaceMark.DIRECTORY)) {
            continue;
          }
          boolean alone = name.getNameCount() <= KEY_NAMES;
          String key = alone ? name.toString() : name.subpath(0, KEY_NAMES).toString();
          int index = alone ? 0 : indexOf(name.subpath(KEY_NAMES, name.getNameCount()));
          pieces.computeIfAbsent(key, k -> new TreeMap<>()).put(index, Files.size(file));
          youngest.merge(key, ageSeconds(file), Math::min);
        }
      }
    }
    List<StoredObject> found = new ArrayList<>();
    pieces.forEach(
        (key, sizes) -> found.add(new StoredObject(key, sizes, youngest.getOrDefault(key, 0L))));
    return found;
  }

  private long ageSeconds(Path file) throws IOException {
    return Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant())
        .toSeconds();
  }

  private static int indexOf(Path below) {
    try {
      return Integer.parseInt(below.toString());
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
    int chunks = upload.totalChunks() == null ? 1 : Math.max(1, upload.totalChunks());
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
    Path base = root.resolve(upload.objectKey());
    boolean alone = upload.totalChunks() != null && upload.totalChunks() <= 1;
    try {
      return Optional.of(
          Files.newInputStream(alone ? base : base.resolve(Integer.toString(chunkIndex))));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public boolean holdsOpenPart(UploadFact upload, int chunkIndex) {
    return false;
  }
}
