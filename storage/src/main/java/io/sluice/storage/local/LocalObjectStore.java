package io.sluice.storage.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// An object store in a directory: a file is its chunks, so storing gives the staged file a second name
/// and copies nothing.
///
/// See [ObjectFiles] for the layout and [ChunkPlacer] for how a chunk gets its name. Objects have no
/// multipart upload to open or close; what [#forEachOpenMultipart] shows is the copies that a crash
/// left unfinished, where staging is on another file system.
public final class LocalObjectStore implements ObjectStore {

  private static final int MAX_DELETE_ROUNDS = 10;

  private final Path base;
  private final ObjectFiles files;
  private final UnfinishedCopies copies;
  private final DirectorySync sync;
  private final DurableDirectories directories;
  private final ChunkPlacer placer;

  /// Opens the store, making its directories where they are missing.
  ///
  /// @param root holds `objects` and `copies`
  /// @param staging where parts come from
  /// @throws IOException the directories cannot be made
  public LocalObjectStore(Path root, StagingStore staging) throws IOException {
    this(root, staging, new DirectorySync());
  }

  LocalObjectStore(Path root, StagingStore staging, DirectorySync sync) throws IOException {
    this(sync, staging, root);
    makeDirectories();
  }

  private LocalObjectStore(DirectorySync sync, StagingStore staging, Path root) {
    this.base = root.toAbsolutePath().normalize();
    this.files = new ObjectFiles(base.resolve("objects"));
    this.copies = new UnfinishedCopies(base.resolve("copies"));
    this.sync = sync;
    this.directories = new DurableDirectories(sync);
    this.placer = new ChunkPlacer(staging);
  }

  /// A store whose directories were made when its place was claimed. None but those of objects is ever made
  /// after that: one that is missing is a volume that is not mounted.
  public static LocalObjectStore at(Path root, StagingStore staging) {
    return new LocalObjectStore(new DirectorySync(), staging, root);
  }

  /// The directory as a place to be claimed.
  public MarkedPlace place(String backendSetting, String locationSetting) {
    PlaceAddress address =
        new PlaceAddress(
            PlaceKind.OBJECTS, "local", base.toString(), backendSetting, locationSetting);
    List<String> shards =
        IntStream.range(0, ObjectFiles.SHARDS)
            .mapToObj(shard -> Entries.nameOf(files.shard(shard)))
            .toList();
    return new LocalPlace(
        address, files.root(), this::makeDirectories, shards, ObjectKeys::uploadOf);
  }

  /// One fsync for all shards, not one for each.
  private void makeDirectories() throws IOException {
    DurableDirectories made = new DurableDirectories(sync); // forgets what a volume once had
    made.makeAll(files.root());
    made.makeAll(copies.directory());
    for (int shard = 0; shard < ObjectFiles.SHARDS; shard++) {
      Files.createDirectories(files.shard(shard));
    }
    sync.sync(files.root());
  }

  @Override
  public PartLimits partLimits() {
    return PartLimits.NONE;
  }

  @Override
  public boolean usesMultipart() {
    return false;
  }

  @Override
  public String begin(ObjectRef object) {
    throw new UnsupportedOperationException("a local store has no multipart uploads");
  }

  @Override
  public void complete(ObjectRef object, String multipartId, List<StoredPart> parts) {
    throw new UnsupportedOperationException("a local store has no multipart uploads");
  }

  @Override
  public StoredPart storePart(ObjectRef object, Optional<String> multipartId, StagedPart part)
      throws IOException {
    try {
      ByteDigest digest = store(object, part);
      String etag = "%08x%08x".formatted(digest.crc32c(), digest.crc32());
      return new StoredPart(part.part(), etag, digest.sizeBytes(), digest.crc32c());
    } catch (IOException e) {
      throw LocalFailures.explain(e);
    }
  }

  @Override
  public StoredObject storeWhole(ObjectRef object, StagedPart part) throws IOException {
    if (part.chunks().size() != object.plan().totalChunks()) {
      throw new IllegalArgumentException("a part is not the whole object");
    }
    try {
      if (part.chunks().isEmpty()) {
        Path file = files.of(object.objectKey());
        placer.placeEmpty(file);
        sync.sync(Entries.directoryOf(file));
        return new StoredObject(etag(object), 0, Optional.of(0));
      }
      ByteDigest digest = store(object, part);
      return new StoredObject(etag(object), digest.sizeBytes(), Optional.of(digest.crc32c()));
    } catch (IOException e) {
      throw LocalFailures.explain(e);
    }
  }

  private ByteDigest store(ObjectRef object, StagedPart part) throws IOException {
    int index = object.plan().firstChunkOf(part.part());
    Path directory = Entries.directoryOf(files.of(object, index));
    if (ObjectFiles.isDirectory(object.plan())) {
      directories.make(directory);
    }
    ByteDigest whole = ByteDigest.EMPTY;
    for (StagedBytes chunk : part.chunks()) {
      Path target = files.of(object, index);
      placer.place(chunk, target, copies.next(object.objectKey(), index));
      whole = whole.then(chunk.digest());
      index++;
    }
    sync.sync(directory);
    return whole;
  }

  /// Objects are immutable and their keys are used once, so the upload's id makes a strong tag.
  private static String etag(ObjectRef object) {
    return ObjectKeys.uploadOf(object.objectKey()).orElseThrow().toString().replace("-", "");
  }

  @Override
  public Optional<StoredObject> head(ObjectRef object) throws IOException {
    ChunkPlan plan = object.plan();
    long sizeBytes = 0;
    for (Path file : files.all(object)) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        if (!is.isRegularFile()) {
          return Optional.empty();
        }
        sizeBytes += is.size();
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw LocalFailures.explain(e);
      }
    }
    Optional<Integer> crc32c = plan.fileSizeBytes() == 0 ? Optional.of(0) : Optional.empty();
    return Optional.of(new StoredObject(etag(object), sizeBytes, crc32c));
  }

  @Override
  public ReadableByteChannel read(ObjectRef object, long offset, long lengthBytes)
      throws IOException {
    return ObjectSlice.open(files, object, offset, lengthBytes);
  }

  @Override
  public Optional<List<Path>> files(ObjectRef object) {
    return Optional.of(files.all(object));
  }

  @Override
  public void delete(ObjectRef object) throws IOException {
    deleteUnowned(object.objectKey());
    attempt(() -> copies.deleteAllOf(object.objectKey()));
  }

  @Override
  public void deleteUnowned(String objectKey) throws IOException {
    Path object = files.of(objectKey);
    directories.forget(object);
    attempt(() -> {
      deleteTree(object);
      sync.sync(Entries.directoryOf(object));
    });
  }

  /// In rounds, since a worker that does not know yet may still be storing into it.
  private static void deleteTree(Path object) throws IOException {
    for (int round = 1; ; round++) {
      try {
        Entries.forEach(object, Files::deleteIfExists);
      } catch (NotDirectoryException | NoSuchFileException e) {
        // a file of one chunk, or nothing
      }
      try {
        Files.deleteIfExists(object);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (round == MAX_DELETE_ROUNDS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void forEachOpenMultipart(Consumer<OpenMultipart> visitor) throws IOException {
    attempt(() -> copies.forEach(visitor));
  }

  @Override
  public void abort(OpenMultipart multipart) throws IOException {
    attempt(() -> copies.delete(multipart.multipartId()));
  }

  @Override
  public void forEachObject(Consumer<ObjectEntry> visitor) throws IOException {
    for (int shard = 0; shard < ObjectFiles.SHARDS; shard++) {
      Path directory = files.shard(shard);
      attempt(() -> Entries.forEach(directory, object -> show(directory, object, visitor)));
    }
  }

  private static void show(Path directory, Path object, Consumer<ObjectEntry> visitor)
      throws IOException {
    String key = Entries.nameOf(directory) + "/" + Entries.nameOf(object);
    if (ObjectKeys.uploadOf(key).isPresent()) {
      visitor.accept(new ObjectEntry(key, Files.getLastModifiedTime(object).toInstant()));
    }
  }

  @Override
  public Optional<URI> presign(
      ObjectRef object, Duration validity, String contentDisposition, String contentType) {
    return Optional.empty();
  }

  /// A few bytes say as much as many: a directory has no limit to what it takes at once.
  @Override
  public void probe(long sizeBytes) throws IOException {
    Path file = files.root().resolve("probe-" + UUID.randomUUID());
    attempt(() -> {
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        channel.write(ByteBuffer.allocate(1));
        channel.force(false);
      } finally {
        Files.deleteIfExists(file);
      }
    });
  }

  @Override
  public List<StoredPart> lostParts(
      ObjectRef object, Optional<String> multipartId, List<StoredPart> parts) throws IOException {
    List<StoredPart> lost = new ArrayList<>();
    for (StoredPart part : parts) {
      if (!hasAll(object, part.part())) {
        lost.add(part);
      }
    }
    return lost;
  }

  private boolean hasAll(ObjectRef object, int part) throws IOException {
    ChunkPlan plan = object.plan();
    for (int index = plan.firstChunkOf(part); index <= plan.lastChunkOf(part); index++) {
      try {
        if (Files.size(files.of(object, index)) != plan.chunkLengthBytes(index)) {
          return false;
        }
      } catch (NoSuchFileException e) {
        return false;
      } catch (IOException e) {
        throw LocalFailures.explain(e);
      }
    }
    return true;
  }

  private interface Act {
    void run() throws IOException;
  }

  private static void attempt(Act act) throws IOException {
    try {
      act.run();
    } catch (IOException e) {
      throw LocalFailures.explain(e);
    }
  }
}
