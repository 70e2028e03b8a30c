package io.sluice.storage.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.buffer.DirectBuffers;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingBody;
import io.sluice.storage.staging.StagingKey;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Staging in a directory that all gateways and workers share: `<root>/<shard>/<uploadId>.<index>.<attempt>`.
///
/// A file is written under its final name: nobody looks for it before its row names it, so a temporary
/// name and a rename would cost a journal transaction and buy nothing. Durable means fsync of the file,
/// then fsync of its directory. In this order the second costs next to nothing, since the first has
/// committed the new name along with the file on the file systems we know; it is still asked for, because
/// none of them promises that. (Both at once, or directory first, was measured and is slower.)
public final class LocalStagingStore implements StagingStore {

  /// What makes the bytes of a file durable. Without its times, which nobody needs after a power cut; its
  /// length is always included.
  interface FileSync {
    void of(FileChannel file) throws IOException;
  }

  /// How often a long body looks whether there is still room.
  private static final long ROOM_CHECK_BYTES = 64L << 20;

  private final Path root;
  private final StagingRoom room;
  private final DirectorySync sync;
  private final FileSync fileSync;
  private final DirectBuffers buffers = DirectBuffers.shared();

  /// Opens staging, making its directories where they are missing.
  ///
  /// @param minFreeBytes space that staging leaves free on its disk
  /// @throws IOException the directories cannot be made
  public LocalStagingStore(Path root, long minFreeBytes) throws IOException {
    this(root, minFreeBytes, new DirectorySync(), file -> file.force(false));
  }

  LocalStagingStore(Path root, long minFreeBytes, DirectorySync sync, FileSync fileSync)
      throws IOException {
    this(fileSync, sync, root, minFreeBytes);
    makeDirectories();
  }

  private LocalStagingStore(FileSync fileSync, DirectorySync sync, Path root, long minFreeBytes) {
    this.root = root.toAbsolutePath().normalize();
    this.sync = sync;
    this.fileSync = fileSync;
    this.room = new StagingRoom(this.root, minFreeBytes);
  }

  /// Staging whose directories were made when its place was claimed. None is ever made after that: one that
  /// is missing is a volume that is not mounted, and bytes written beside it would be lost to everybody.
  public static LocalStagingStore at(Path root, long minFreeBytes) {
    return new LocalStagingStore(
        file -> file.force(false), new DirectorySync(), root, minFreeBytes);
  }

  /// The directory as a place to be claimed.
  public MarkedPlace place(String backendSetting, String locationSetting) {
    PlaceAddress address =
        new PlaceAddress(
            PlaceKind.STAGING, "local", root.toString(), backendSetting, locationSetting);
    List<String> shards =
        IntStream.range(0, StagingKey.SHARDS).mapToObj(StagingKey::shardName).toList();
    return new LocalPlace(
        address,
        root,
        this::makeDirectories,
        shards,
        key -> StagingKey.parse(key).map(StagingKey::uploadId));
  }

  private void makeDirectories() throws IOException {
    DurableDirectories directories = new DurableDirectories(sync);
    directories.makeAll(root);
    for (int shard = 0; shard < StagingKey.SHARDS; shard++) {
      directories.make(directory(shard));
    }
  }

  @Override
  public StagedBytes stage(StageRequest request, ReadableByteChannel body) throws IOException {
    StagingKey key = StagingKey.next(request.uploadId(), request.chunkIndex());
    Path file = path(key);
    StagingBody checked = new StagingBody(request, body);
    boolean staged = false;
    try (var _ = room.promise(Math.max(0, request.exactBytes()))) {
      write(checked, file);
      Failpoint.hit("staging.file-synced");
      sync.sync(directory(key.shard()));
      Failpoint.hit("staging.dir-synced");
      ByteDigest digest = checked.digest();
      staged = true;
      return new StagedBytes(key.toString(), digest);
    } finally {
      if (!staged) {
        removeQuietly(file);
      }
    }
  }

  @Override
  public void checkRoom(long sizeBytes) throws IOException {
    room.check(sizeBytes);
  }

  private void write(StagingBody body, Path path) throws IOException {
    try (FileChannel file = createFile(path);
        EarlyWriteback early = new EarlyWriteback(path);
        DirectBuffers.Lease lease = buffers.lend()) {
      ByteBuffer buffer = lease.buffer();
      long nextCheck = ROOM_CHECK_BYTES;
      boolean more = true;
      while (more) {
        more = body.fill(buffer.clear());
        writeAll(buffer.flip(), file);
        early.written(body.bytesRead());
        if (body.bytesRead() >= nextCheck) {
          room.check(0);
          nextCheck += ROOM_CHECK_BYTES;
        }
      }
      Failpoint.hit("staging.bytes-written");
      force(file);
    }
  }

  private FileChannel createFile(Path path) throws IOException {
    try {
      return FileChannel.open(path, CREATE_NEW, WRITE);
    } catch (IOException e) {
      throw room.explain(e);
    }
  }

  private void writeAll(ByteBuffer buffer, FileChannel file) throws IOException {
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException e) {
      throw room.explain(e);
    }
  }

  private void force(FileChannel file) throws IOException {
    try {
      fileSync.of(file);
    } catch (IOException e) {
      throw room.explain(e);
    }
  }

  @Override
  public ReadableByteChannel open(String stagingKey, long offset, long lengthBytes)
      throws IOException {
    Path file = path(stagingKey);
    try {
      return FileSlice.open(file, offset, lengthBytes);
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(file.resolveSibling("."))) {
        throw new IOException("staging itself is gone; is it mounted?", e);
      }
      throw new StagedBytesMissingException("nothing is staged under " + stagingKey, e);
    }
  }

  @Override
  public Optional<Path> file(String stagingKey) {
    return Optional.of(path(stagingKey));
  }

  @Override
  public void delete(Collection<String> stagingKeys) throws IOException {
    for (String key : stagingKeys) {
      Files.deleteIfExists(path(key));
    }
  }

  @Override
  public void forEach(Consumer<StagedEntry> visitor) throws IOException {
    for (int shard = 0; shard < StagingKey.SHARDS; shard++) {
      String shardName = StagingKey.shardName(shard);
      Entries.forEach(directory(shard), file -> show(shardName, file, visitor));
    }
  }

  private static void show(String shardName, Path file, Consumer<StagedEntry> visitor)
      throws IOException {
    String name = shardName + "/" + Entries.nameOf(file);
    Optional<StagingKey> key = StagingKey.parse(name);
    if (key.isEmpty()) {
      return; // not ours
    }
    BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
    visitor.accept(
        new StagedEntry(
            name,
            key.get().uploadId(),
            key.get().chunkIndex(),
            is.size(),
            is.lastModifiedTime().toInstant()));
  }

  @Override
  public void probe() throws IOException {
    room.check(0);
    Path file = root.resolve("probe-" + UUID.randomUUID());
    try {
      createFile(file).close();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Path directory(int shard) {
    return root.resolve(StagingKey.shardName(shard));
  }

  private Path path(StagingKey key) {
    return directory(key.shard()).resolve(key.leaf());
  }

  /// A key that is not one of ours never becomes a path, whatever is in it.
  private Path path(String stagingKey) {
    return path(
        StagingKey.parse(stagingKey)
            .orElseThrow(() -> new IllegalArgumentException("not a staging key")));
  }

  /// What cannot be removed is swept later; the first failure is the one to tell.
  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(LocalStagingStore.class.getName())
          .log(System.Logger.Level.WARNING, "cannot remove an unfinished staged file", e);
    }
  }
}
