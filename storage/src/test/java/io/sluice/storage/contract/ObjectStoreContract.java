package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every object store promises.
public abstract class ObjectStoreContract {

  private static final int CHUNK = 5 << 20;

  /// The store under test; may hold what other tests left.
  protected abstract ObjectStore objects();

  /// The staging that it stores from.
  protected abstract StagingStore staging();

  /// Changes staged bytes behind everybody's back, their length kept.
  protected abstract void damage(String stagingKey) throws IOException;

  @Test
  void aFileOfSeveralPartsComesBackWholeAndInPieces() throws Exception {
    byte[] bytes = Bodies.bytes(1, 2 * CHUNK + 12_345);
    ObjectRef object = object(bytes.length, CHUNK);

    storeAll(object, bytes);

    StoredObject stored = objects().head(object).orElseThrow();
    assertThat(stored.sizeBytes()).isEqualTo(bytes.length);
    assertThat(stored.crc32c().orElse(Bodies.crc32c(bytes))).isEqualTo(Bodies.crc32c(bytes));
    assertThat(stored.etag()).isNotBlank();
    assertReads(object, bytes);
  }

  @Test
  void aHundredChunksOfOneMebibyteComeBackInOrder() throws Exception {
    byte[] bytes = Bodies.bytes(2, 100 << 20);
    ObjectRef object = object(bytes.length, 1 << 20);

    storeAll(object, bytes);

    assertThat(objects().head(object).orElseThrow().sizeBytes()).isEqualTo(bytes.length);
    assertReads(object, bytes);
  }

  @Test
  void aFileOfOneChunkIsStoredInOneStep() throws Exception {
    byte[] bytes = Bodies.bytes(3, 1000);
    ObjectRef object = object(bytes.length, CHUNK);

    StoredObject stored = objects().storeWhole(object, part(object, 0, bytes));

    assertThat(stored.sizeBytes()).isEqualTo(1000);
    assertThat(stored.crc32c()).hasValue(Bodies.crc32c(bytes));
    StoredObject seen = objects().head(object).orElseThrow();
    assertThat(seen.etag()).isEqualTo(stored.etag());
    assertThat(objects().confirms(seen, digest(bytes))).isTrue();
    assertReads(object, bytes);
  }

  @Test
  void anEmptyFileIsAnObjectToo() throws Exception {
    ObjectRef object = object(0, CHUNK);

    StoredObject stored = objects().storeWhole(object, new StagedPart(0, List.of()));
    StoredObject again = objects().storeWhole(object, new StagedPart(0, List.of()));

    assertThat(stored.sizeBytes()).isZero();
    assertThat(again.etag()).isEqualTo(stored.etag());
    assertThat(objects().head(object).orElseThrow().sizeBytes()).isZero();
    assertThat(Bodies.drain(objects().read(object, 0, 0))).isEmpty();
  }

  @Test
  void nothingIsSeenUnderAKeyBeforeItIsStored() throws Exception {
    ObjectRef object = object(10, CHUNK);

    assertThat(objects().head(object)).isEmpty();
    assertThatThrownBy(() -> Bodies.drain(objects().read(object, 0, 10)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anObjectWithAPartMissingIsNotThere() throws Exception {
    byte[] bytes = Bodies.bytes(4, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);

    objects().storePart(object, begin(object), part(object, 1, bytes));

    assertThat(objects().head(object)).isEmpty();
    objects().delete(object);
  }

  /// The first delivery stored the part, its row was committed, staging was deleted, and then the
  /// worker died before it could acknowledge the job.
  @Test
  void aPartThatIsDeliveredAgainAfterStagingIsGoneIsASuccess() throws Exception {
    byte[] bytes = Bodies.bytes(5, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    StagedPart second = part(object, 1, bytes);
    StoredPart stored = objects().storePart(object, multipart, second);

    StoredPart again = objects().storePart(object, multipart, second);
    staging().delete(keys(second));
    StoredPart afterwards = objects().storePart(object, multipart, second);

    assertThat(again).isEqualTo(stored);
    assertThat(afterwards).isEqualTo(stored);
    finish(object, multipart, List.of(store(object, multipart, 0, bytes), afterwards));
    assertReads(object, bytes);
  }

  @Test
  void aWholeObjectThatIsDeliveredAgainAfterStagingIsGoneIsASuccess() throws Exception {
    byte[] bytes = Bodies.bytes(6, 70_000);
    ObjectRef object = object(bytes.length, CHUNK);
    StagedPart only = part(object, 0, bytes);
    StoredObject stored = objects().storeWhole(object, only);

    StoredObject again = objects().storeWhole(object, only);
    staging().delete(keys(only));
    StoredObject afterwards = objects().storeWhole(object, only);

    assertThat(again).isEqualTo(stored);
    assertThat(afterwards).isEqualTo(stored);
    assertReads(object, bytes);
  }

  @Test
  void damagedBytesAreNeverStored() throws Exception {
    byte[] bytes = Bodies.bytes(7, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    StagedPart first = part(object, 0, bytes);
    damage(first.chunks().getFirst().stagingKey());

    assertThatThrownBy(() -> objects().storePart(object, multipart, first))
        .isInstanceOf(StagedBytesDamagedException.class);

    assertThat(objects().head(object)).isEmpty();
    objects().delete(object);
  }

  @Test
  void aDamagedWholeObjectIsNeverStored() throws Exception {
    byte[] bytes = Bodies.bytes(8, 70_000);
    ObjectRef object = object(bytes.length, CHUNK);
    StagedPart only = part(object, 0, bytes);
    damage(only.chunks().getFirst().stagingKey());

    assertThatThrownBy(() -> objects().storeWhole(object, only))
        .isInstanceOf(StagedBytesDamagedException.class);

    assertThat(objects().head(object)).isEmpty();
  }

  @Test
  void bytesThatAreNowhereAreToldMissing() throws Exception {
    byte[] bytes = Bodies.bytes(9, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    StagedPart first = part(object, 0, bytes);
    staging().delete(keys(first));

    assertThatThrownBy(() -> objects().storePart(object, multipart, first))
        .isInstanceOf(StagedBytesMissingException.class);

    objects().delete(object);
    ObjectRef small = object(10, CHUNK);
    StagedPart only = part(small, 0, new byte[10]);
    staging().delete(keys(only));
    assertThatThrownBy(() -> objects().storeWhole(small, only))
        .isInstanceOf(StagedBytesMissingException.class);
    assertThat(objects().head(small)).isEmpty();
  }

  @Test
  void aDeletedObjectIsGoneAndDeletingItAgainSucceeds() throws Exception {
    byte[] bytes = Bodies.bytes(10, 2 * CHUNK);
    ObjectRef many = object(bytes.length, CHUNK);
    ObjectRef one = object(10, CHUNK);
    ObjectRef half = object(bytes.length, CHUNK);
    storeAll(many, bytes);
    objects().storeWhole(one, part(one, 0, new byte[10]));
    objects().storePart(half, begin(half), part(half, 0, bytes));

    for (ObjectRef object : List.of(many, one, half)) {
      objects().delete(object);
      objects().delete(object);

      assertThat(objects().head(object)).isEmpty();
      assertThat(keysInStore()).doesNotContain(object.objectKey());
    }
    List<String> open = new ArrayList<>();
    objects().forEachOpenMultipart(multipart -> open.add(multipart.objectKey()));
    assertThat(open).doesNotContain(half.objectKey());
  }

  @Test
  void objectsAreShownAndOneThatNobodyOwnsCanBeDeletedByKey() throws Exception {
    byte[] bytes = Bodies.bytes(11, 2 * CHUNK);
    ObjectRef many = object(bytes.length, CHUNK);
    ObjectRef one = object(10, CHUNK);
    storeAll(many, bytes);
    objects().storeWhole(one, part(one, 0, new byte[10]));
    assertThat(keysInStore()).contains(many.objectKey(), one.objectKey());

    objects().deleteUnowned(many.objectKey());
    objects().deleteUnowned(one.objectKey());

    assertThat(keysInStore()).doesNotContain(many.objectKey(), one.objectKey());
    assertThat(objects().head(many)).isEmpty();
  }

  @Test
  void aHealthyStoreAnswersItsProbe() throws Exception {
    objects().probe();
  }

  /// A new object's name, with the plan that this store wants.
  protected ObjectRef object(long sizeBytes, long chunkBytes) {
    ChunkPlan plan = ChunkPlan.of(sizeBytes, chunkBytes, objects().partLimits());
    return new ObjectRef(ObjectKeys.forUpload(UUID.randomUUID()), plan, "application/octet-stream");
  }

  /// Stages the chunks of a part.
  protected StagedPart part(ObjectRef object, int part, byte[] file) throws IOException {
    ChunkPlan plan = object.plan();
    UUID upload = ObjectKeys.uploadOf(object.objectKey()).orElseThrow();
    List<StagedBytes> chunks = new ArrayList<>();
    for (int chunk = plan.firstChunkOf(part); chunk <= plan.lastChunkOf(part); chunk++) {
      int from = Math.toIntExact(plan.offsetOf(chunk));
      int length = Math.toIntExact(plan.chunkLengthBytes(chunk));
      byte[] bytes = Arrays.copyOfRange(file, from, from + length);
      chunks.add(
          staging().stage(StageRequest.exactly(upload, chunk, length, false), Bodies.of(bytes)));
    }
    return new StagedPart(part, chunks);
  }

  /// Opens a multipart upload where the store has such a thing.
  protected Optional<String> begin(ObjectRef object) throws IOException {
    return objects().usesMultipart() ? Optional.of(objects().begin(object)) : Optional.empty();
  }

  /// Stages and stores a whole file, its parts in a wild order.
  protected void storeAll(ObjectRef object, byte[] bytes) throws IOException {
    Optional<String> multipart = begin(object);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, object.plan().totalParts()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    StoredPart[] stored = new StoredPart[order.size()];
    for (int part : order) {
      stored[part] = store(object, multipart, part, bytes);
    }
    finish(object, multipart, Arrays.asList(stored));
  }

  /// Stages and stores one part.
  protected StoredPart store(ObjectRef object, Optional<String> multipart, int part, byte[] bytes)
      throws IOException {
    StagedPart staged = part(object, part, bytes);
    StoredPart stored = objects().storePart(object, multipart, staged);
    assertThat(stored.part()).isEqualTo(part);
    assertThat(stored.sizeBytes()).isEqualTo(staged.sizeBytes());
    staging().delete(keys(staged));
    return stored;
  }

  private void finish(ObjectRef object, Optional<String> multipart, List<StoredPart> parts)
      throws IOException {
    if (multipart.isPresent()) {
      objects().complete(object, multipart.get(), parts);
    }
  }

  private void assertReads(ObjectRef object, byte[] bytes) throws IOException {
    assertThat(Bodies.drain(objects().read(object, 0, bytes.length))).isEqualTo(bytes);
    Random random = new Random(bytes.length);
    for (int i = 0; i < 5; i++) {
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(from, bytes.length + 1);
      assertThat(Bodies.drain(objects().read(object, from, to - from)))
          .isEqualTo(Arrays.copyOfRange(bytes, from, to));
    }
  }

  private List<String> keysInStore() throws IOException {
    List<String> keys = new ArrayList<>();
    objects().forEachObject((ObjectEntry entry) -> keys.add(entry.objectKey()));
    return keys;
  }

  private static List<String> keys(StagedPart part) {
    return part.chunks().stream().map(StagedBytes::stagingKey).toList();
  }

  private static ByteDigest digest(byte[] bytes) {
    return new ByteDigest(bytes.length, Bodies.crc32c(bytes), Bodies.crc32(bytes), null);
  }
}
