package io.sluice.standalone.backup;

import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Copies a directory of files that are written once and never changed, while others add to it.
///
/// It goes through it twice. Nobody removes anything meanwhile, but an S3 server that joins the parts of an object makes
/// the one and then drops the others: whoever came to the object's place too early and to the parts' too late has
/// neither. What was dropped before the second round began is in the object that this round then finds. A file that the
/// first round came upon while it was still being written is not whole: the second one copies it again.
///
/// @param from what is copied; symbolic links in it are left out
/// @param to new
record PlaceCopy(Path from, Path to) {

  private static final int ROUNDS = 2;

  /// What is there now.
  record Size(long files, long bytes) {}

  /// Copies, with times and extended attributes, in which the S3 server keeps what it knows of an object. Durable on
  /// return.
  Size run() throws IOException {
    for (int round = 1; round <= ROUNDS; round++) {
      round();
    }
    DirectoryTree.sync(to);
    return sizeOf(to);
  }

  /// Copies what is not there yet, or has grown since.
  void round() throws IOException {
    Files.createDirectories(to);
    if (Files.isDirectory(from)) {
      Path real = from.toRealPath();
      Files.walkFileTree(real, new Copying(real));
    }
  }

  static Size sizeOf(Path directory) throws IOException {
    long[] sum = new long[2];
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            sum[0]++;
            sum[1] += is.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return new Size(sum[0], sum[1]);
  }

  /// What goes away under its eyes was somebody's temporary file.
  private final class Copying extends SimpleFileVisitor<Path> {

    private final Path real;

    private Copying(Path real) {
      this.real = real;
    }

    private Path target(Path path) {
      return to.resolve(real.relativize(path));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is)
        throws IOException {
      Files.createDirectories(target(directory));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
      Path target = target(file);
      if (is.isRegularFile() && !isCopied(is, target)) {
        try {
          Files.copy(
              file,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING,
              LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
          return FileVisitResult.CONTINUE;
        } catch (FileAlreadyExistsException impossible) {
          throw new BackupException("Somebody else writes into " + to + ".", impossible);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /// By whole milliseconds: not every file system that a backup goes to keeps more of a time.
    private static boolean isCopied(BasicFileAttributes is, Path target) throws IOException {
      try {
        BasicFileAttributes copied =
            Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return copied.size() == is.size()
            && copied.lastModifiedTime().toMillis() == is.lastModifiedTime().toMillis();
      } catch (NoSuchFileException missing) {
        return false;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException && !file.equals(real)) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
