package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.contract.Bodies;
import io.sluice.storage.contract.ObjectStoreContract;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an object directory promises beyond the contract.
class LocalObjectStoreTest extends ObjectStoreContract {

  private static final int CHUNK = 1000;

  @TempDir Path temporary;
  private Path root;
  private StagingStore staging;
  private ObjectStore objects;

  @BeforeEach
  void open() throws IOException {
    root = temporary.resolve("data");
    staging = new LocalStagingStore(temporary.resolve("staging"), 0);
    objects = new LocalObjectStore(root, staging);
  }

  @Override
  protected ObjectStore objects() {
    return objects;
  }

  @Override
  protected StagingStore staging() {
    return staging;
  }

  @Override
  protected void damage(String stagingKey) throws IOException {
    try (FileChannel file =
        FileChannel.open(staging.file(stagingKey).orElseThrow(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), file.size() / 2);
    }
  }

  @Test
  void storingCopiesNothingAndLeavesTheStagedNameToTheCaller() throws IOException {
    byte[] bytes = Bodies.bytes(1, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    StagedPart part = part(object, 1, bytes);

    objects.storePart(object, Optional.empty(), part);

    Path staged = staging.file(part.chunks().getFirst().stagingKey()).orElseThrow();
    Path stored = objects.files(object).orElseThrow().get(1);
    assertThat(Files.isSameFile(staged, stored)).isTrue();
    assertThat(root.relativize(stored).toString())
        .isEqualTo("objects/" + object.objectKey() + "/1");
  }

  @Test
  void aFileOfOneChunkHasNoDirectoryOfItsOwn() throws IOException {
    ObjectRef object = object(10, CHUNK);

    objects.storeWhole(object, part(object, 0, new byte[10]));

    assertThat(objects.files(object).orElseThrow())
        .containsExactly(root.toAbsolutePath().resolve("objects").resolve(object.objectKey()));
    assertThat(root.resolve("objects").resolve(object.objectKey())).isRegularFile();
  }

  @Test
  void theNameIsMadeDurableAfterTheChunkHasIt() throws IOException {
    List<Path> synced = new ArrayList<>();
    DirectorySync watched =
        new DirectorySync(directory -> {
          try (Stream<Path> files = Files.list(directory)) {
            files.filter(Files::isRegularFile).forEach(synced::add);
          }
        });
    ObjectStore store = new LocalObjectStore(root, staging, watched);
    ObjectRef object = object(10, CHUNK);

    store.storeWhole(object, part(object, 0, new byte[10]));

    assertThat(synced).containsExactlyElementsOf(store.files(object).orElseThrow());
  }

  @Test
  void aNewDirectoryIsMadeDurableInItsParentOnce() throws IOException {
    List<Path> synced = new ArrayList<>();
    ObjectStore store = new LocalObjectStore(root, staging, new DirectorySync(synced::add));
    byte[] bytes = Bodies.bytes(1, 3 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Path shard =
        Entries.directoryOf(root.toAbsolutePath().resolve("objects").resolve(object.objectKey()));
    Path directory = root.toAbsolutePath().resolve("objects").resolve(object.objectKey());
    synced.clear();

    for (int part = 0; part < 3; part++) {
      store.storePart(object, Optional.empty(), part(object, part, bytes));
    }

    assertThat(synced).containsExactly(shard, directory, directory, directory);
  }

  /// A worker that slept through a client's second try holds a job for the first bytes.
  @Test
  void whatIsStoredIsNeverReplacedByOtherBytesOfTheSameLength() throws IOException {
    ObjectRef object = object(CHUNK, CHUNK);
    byte[] first = Bodies.bytes(1, CHUNK);
    byte[] second = Bodies.bytes(2, CHUNK);
    StagedPart late = part(object, 0, second);
    objects.storeWhole(object, part(object, 0, first));

    assertThatThrownBy(() -> objects.storeWhole(object, late))
        .isInstanceOf(StoreRefusedException.class);

    assertThat(Bodies.drain(objects.read(object, 0, CHUNK))).isEqualTo(first);
  }

  @Test
  void aStoredFileThatWasCutShortIsReplaced() throws IOException {
    byte[] bytes = Bodies.bytes(1, CHUNK);
    ObjectRef object = object(CHUNK, CHUNK);
    Path file = objects.files(object).orElseThrow().getFirst();
    Files.write(file, new byte[10]);

    objects.storeWhole(object, part(object, 0, bytes));

    assertThat(Bodies.drain(objects.read(object, 0, CHUNK))).isEqualTo(bytes);
    assertThat(filesIn(root.resolve("copies"))).isEmpty();
  }

  @Test
  void aStagedFileThatGrewIsDamaged() throws IOException {
    ObjectRef object = object(CHUNK, CHUNK);
    StagedPart part = part(object, 0, Bodies.bytes(1, CHUNK));
    Path staged = staging.file(part.chunks().getFirst().stagingKey()).orElseThrow();
    Files.write(staged, new byte[1], StandardOpenOption.APPEND);

    assertThatThrownBy(() -> objects.storeWhole(object, part))
        .isInstanceOf(io.sluice.storage.staging.StagedBytesDamagedException.class);

    assertThat(objects.head(object)).isEmpty();
  }

  @Test
  void aReadThatComesShortThrowsAndNeverEndsEarly() throws IOException {
    byte[] bytes = Bodies.bytes(1, 3 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    storeAll(object, bytes);
    Path second = objects.files(object).orElseThrow().get(1);

    Files.write(second, new byte[CHUNK - 1]);
    assertThatThrownBy(() -> Bodies.drain(objects.read(object, 0, 3 * CHUNK)))
        .isInstanceOf(IOException.class);
    Files.delete(second);
    assertThatThrownBy(() -> Bodies.drain(objects.read(object, 0, 3 * CHUNK)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects.read(object, 2 * CHUNK, CHUNK + 1));
  }

  @Test
  void stagingOnAnotherFileSystemIsCopiedWithTheSamePromises() throws IOException {
    Path elsewhere = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(elsewhere), "no second file system here");
    Path directory = Files.createTempDirectory(elsewhere, "sluice-staging");
    try {
      assumeTrue(
          !Files.getAttribute(directory, "unix:dev").equals(Files.getAttribute(root, "unix:dev")),
          "temporary files are on that file system too");
      staging = new LocalStagingStore(directory, 0);
      objects = new LocalObjectStore(root, staging);
      byte[] bytes = Bodies.bytes(1, 3 * CHUNK);
      ObjectRef object = object(bytes.length, CHUNK);
      StagedPart damaged = part(object, 0, bytes);
      damage(damaged.chunks().getFirst().stagingKey());

      assertThatThrownBy(() -> objects.storePart(object, Optional.empty(), damaged))
          .isInstanceOf(io.sluice.storage.staging.StagedBytesDamagedException.class);
      storeAll(object, bytes);
      storeAll(object, bytes);

      assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
      assertThat(filesIn(root.resolve("copies"))).isEmpty();

      objects.delete(object);
      Files.delete(root.resolve("copies"));
      storeAll(object, bytes);
      assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
    } finally {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /// A backup has the objects only.
  @Test
  void aRestoredPlaceWithoutADirectoryOfCopiesHasNoneAndMakesItForTheFirst() throws IOException {
    Files.delete(root.resolve("copies"));
    objects = LocalObjectStore.at(root, staging);
    ObjectRef object = object(CHUNK, CHUNK);
    byte[] bytes = Bodies.bytes(1, CHUNK);

    List<OpenMultipart> open = new ArrayList<>();
    objects.forEachOpenMultipart(open::add);
    assertThat(open).isEmpty();
    objects.delete(object);
    assertThat(root.resolve("copies")).doesNotExist();

    Files.write(objects.files(object).orElseThrow().getFirst(), new byte[10]);
    objects.storeWhole(object, part(object, 0, bytes));
    assertThat(Bodies.drain(objects.read(object, 0, CHUNK))).isEqualTo(bytes);
    assertThat(root.resolve("copies")).isEmptyDirectory();
  }

  @Test
  void copiesThatACrashLeftAreShownAndCanBeAborted() throws IOException {
    UUID upload = UUID.randomUUID();
    Path left = root.resolve("copies").resolve(upload + ".3." + UUID.randomUUID());
    Files.write(left, new byte[5]);
    Files.write(root.resolve("copies/somebody-elses"), new byte[5]);

    List<OpenMultipart> open = new ArrayList<>();
    objects.forEachOpenMultipart(open::add);
    assertThat(open)
        .extracting(OpenMultipart::objectKey)
        .containsExactly(ObjectKeys.forUpload(upload));
    objects.abort(open.getFirst());

    assertThat(filesIn(root.resolve("copies"))).containsExactly("somebody-elses");
  }

  @Test
  void chunksOfAGroupedPlanAreStoredOneByOne() throws IOException {
    byte[] bytes = Bodies.bytes(1, 5 * CHUNK);
    ObjectRef object =
        new ObjectRef(
            ObjectKeys.forUpload(UUID.randomUUID()),
            ChunkPlan.of(bytes.length, CHUNK, new PartLimits(2 * CHUNK, 100)),
            "text/plain");

    storeAll(object, bytes);

    assertThat(objects.files(object).orElseThrow()).hasSize(5);
    assertThat(Bodies.drain(objects.read(object, 500, 4000)))
        .isEqualTo(java.util.Arrays.copyOfRange(bytes, 500, 4500));
  }

  @Test
  void aKeyThatIsNotOneOfOursIsNeverFollowed() {
    for (String key :
        List.of("../../etc/passwd", "aa/../../x", "", "aa/" + UUID.randomUUID() + "/")) {
      assertThatIllegalArgumentException().isThrownBy(() -> objects.deleteUnowned(key));
    }
  }

  private static List<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
