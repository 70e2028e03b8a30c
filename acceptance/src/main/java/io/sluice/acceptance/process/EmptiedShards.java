package io.sluice.acceptance.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A staging directory whose files are gone while the directory, and what it says of itself, is there.
///
/// @param root of staging
/// @param aside where the files are meanwhile, on the same file system
public record EmptiedShards(Path root, Path aside) implements AutoCloseable {

  private static final String SHARDS = "[0-9a-f]";

  /// Takes the files out.
  public static EmptiedShards of(Path root) throws IOException {
    Path aside = root.resolveSibling(root.getFileName() + "-emptied");
    EmptiedShards emptied = new EmptiedShards(root, aside);
    Files.createDirectories(aside);
    try {
      moveAll(root, aside);
      return emptied;
    } catch (IOException | RuntimeException halfWay) {
      emptied.close();
      throw halfWay;
    }
  }

  /// Puts them back.
  @Override
  public void close() throws IOException {
    moveAll(aside, root);
  }

  private static void moveAll(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> shards = Files.newDirectoryStream(from, SHARDS)) {
      for (Path shard : shards) {
        Path target = Files.createDirectories(to.resolve(from.relativize(shard)));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
          for (Path file : files) {
            move(file, target.resolve(shard.relativize(file)));
          }
        }
      }
    }
  }

  private static void move(Path file, Path target) throws IOException {
    try {
      Files.move(file, target);
    } catch (NoSuchFileException removed) {
      // Its owner was quicker: it is not needed any more.
    }
  }
}
