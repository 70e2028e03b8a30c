package io.sluice.acceptance.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Staging that is a directory: a file is `<shard>/<uploadId>.<chunkIndex>.<attempt>`.
///
/// @param root the directory
/// @param clock for ages
public record StagingDirectory(Path root, Clock clock) implements Staging {

  @Override
  public List<StagedFile> list() throws IOException {
    List<StagedFile> found = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return found;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.toList()) {
        describe(path).ifPresent(found::add);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  private Optional<StagedFile> describe(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || root.relativize(path).startsWith(PlaceMark.DIRECTORY)) {
        return Optional.empty();
      }
      return Optional.of(
          new StagedFile(
              root.relativize(path).toString(),
              uploadOf(path.getFileName().toString()),
              attributes.size(),
              Duration.between(attributes.lastModifiedTime().toInstant(), clock.instant())
                  .toSeconds()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static @Nullable UUID uploadOf(String fileName) {
    int dot = fileName.indexOf('.');
    try {
      return dot < 0 ? null : UUID.fromString(fileName.substring(0, dot));
    } catch (IllegalArgumentException foreign) {
      return null;
    }
  }

  @Override
  public Optional<InputStream> open(String key) throws IOException {
    try {
      return Optional.of(Files.newInputStream(root.resolve(key)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
