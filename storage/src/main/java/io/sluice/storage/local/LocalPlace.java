package io.sluice.storage.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkUnreadableException;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// A directory that is a place.
final class LocalPlace implements MarkedPlace {

  /// Makes the directories of a store.
  interface Directories {
    void make() throws IOException;
  }

  private static final int SOME_OF_EACH_SHARD = 4;

  private final PlaceAddress address;
  private final Path root;
  private final Directories directories;
  private final List<String> shards;
  private final Function<String, Optional<UUID>> uploadOf;
  private final DirectorySync sync = new DirectorySync();

  /// @param root holds the shards and the mark
  /// @param directories makes the root, the shards and what else the store needs
  /// @param shards their names
  /// @param uploadOf reads a key
  LocalPlace(
      PlaceAddress address,
      Path root,
      Directories directories,
      List<String> shards,
      Function<String, Optional<UUID>> uploadOf) {
    this.address = address;
    this.root = root;
    this.directories = directories;
    this.shards = List.copyOf(shards);
    this.uploadOf = uploadOf;
  }

  @Override
  public PlaceAddress address() {
    return address;
  }

  @Override
  public Optional<Mark> readMark() throws IOException {
    try (InputStream file = Files.newInputStream(root.resolve(Mark.KEY))) {
      byte[] bytes = file.readNBytes(Mark.MAX_BYTES + 1);
      if (bytes.length > Mark.MAX_BYTES) {
        throw new MarkUnreadableException(Mark.KEY + " is too long for a mark");
      }
      return Optional.of(Mark.parse(new String(bytes, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void writeMark(Mark mark) throws IOException {
    write(
        mark,
        (next, file) ->
            Files.move(
                next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  @Override
  public boolean writeFirstMark(Mark mark) throws IOException {
    try {
      write(mark, LocalPlace::nameUnlessTaken);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /// A link replaces nothing. Where there are none, a look before the move must do.
  private static void nameUnlessTaken(Path next, Path file) throws IOException {
    try {
      Files.createLink(file, next);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(next, file);
    }
  }

  /// Gives a file that is durable the name of the mark.
  private interface Naming {
    void name(Path next, Path file) throws IOException;
  }

  /// Under another name first: a mark that is cut short would be trouble.
  private void write(Mark mark, Naming naming) throws IOException {
    Path file = root.resolve(Mark.KEY);
    Path next = file.resolveSibling("place-" + UUID.randomUUID() + ".next");
    try {
      try (FileChannel channel = FileChannel.open(next, CREATE_NEW, WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(mark.json());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      naming.name(next, file);
    } finally {
      Files.deleteIfExists(next);
    }
    sync.sync(Entries.directoryOf(file));
  }

  @Override
  public void prepare() throws IOException {
    directories.make();
    new DurableDirectories(sync).makeAll(root.resolve(Mark.DIRECTORY));
  }

  @Override
  public Set<UUID> someUploads() throws IOException {
    Set<UUID> some = new HashSet<>();
    for (String shard : shards) {
      addSome(shard, some);
    }
    return some;
  }

  private void addSome(String shard, Set<UUID> some) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(shard))) {
      Iterator<Path> entry = entries.iterator();
      for (int found = 0; found < SOME_OF_EACH_SHARD && entry.hasNext(); ) {
        Optional<UUID> upload = uploadOf.apply(shard + "/" + Entries.nameOf(entry.next()));
        upload.ifPresent(some::add);
        found += upload.isPresent() ? 1 : 0;
      }
    } catch (NoSuchFileException e) {
      return; // nothing was ever made here
    }
  }
}
