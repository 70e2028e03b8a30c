package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.contract.Bodies;
import io.sluice.storage.contract.ObjectStoreContract;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What an object store in a bucket promises beyond the contract, with staging in a directory.
class S3ObjectStoreIT extends ObjectStoreContract {

  private static final int CHUNK = 5 << 20;

  @TempDir Path temporary;
  private final S3Bucket bucket = RealS3.bucket();
  private final S3Client client = bucket.connection().client();
  private StagingStore staging;
  private ObjectStore objects;

  @BeforeEach
  void open() throws IOException {
    staging = new LocalStagingStore(temporary, 0);
    objects = new S3ObjectStore(bucket, S3Encryption.BUCKET_DEFAULT, staging);
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
  void theStoreKeepsTheTypeAndTheCombinedChecksumOfAMultipartObject() throws IOException {
    byte[] bytes = Bodies.bytes(1, 12 << 20);
    ObjectRef object = object(bytes.length, 1 << 20);

    storeAll(object, bytes);

    StoredObject stored = objects.head(object).orElseThrow();
    assertThat(object.plan().totalParts()).isEqualTo(3);
    assertThat(stored.crc32c()).hasValue(Bodies.crc32c(bytes));
    assertThat(
            client
                .headObject(head -> head.bucket(bucket.name()).key(bucket.full(object.objectKey())))
                .contentType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void theServerRefusesAPartWhoseBytesAreNotWhatTheirChecksumSays() throws IOException {
    byte[] bytes = Bodies.bytes(2, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    String multipart = objects.begin(object);

    assertThatThrownBy(() ->
            client.uploadPart(
                part ->
                    part.bucket(bucket.name())
                        .key(bucket.full(object.objectKey()))
                        .uploadId(multipart)
                        .partNumber(1)
                        .checksumCRC32C(Crc32cText.of(Bodies.crc32c(bytes))),
                RequestBody.fromBytes(new byte[CHUNK])))
        .isInstanceOf(S3Exception.class)
        .satisfies(refused ->
            assertThat(S3Failures.explain("upload part", (S3Exception) refused))
                .as("damage on the way is tried again")
                .isInstanceOf(StoreUnavailableException.class));

    objects.delete(object);
  }

  @Test
  void partsThatAreNotWhatTheStoreHasCannotBeCompleted() throws IOException {
    byte[] bytes = Bodies.bytes(3, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    StoredPart first = store(object, multipart, 0, bytes);
    StoredPart second = store(object, multipart, 1, bytes);
    StoredPart wrong = new StoredPart(1, first.etag(), second.sizeBytes(), first.crc32c());

    assertThatThrownBy(
            () -> objects.complete(object, multipart.orElseThrow(), List.of(first, wrong)))
        .isInstanceOf(IOException.class);

    assertThat(objects.head(object)).isEmpty();
    objects.delete(object);
  }

  /// A service that encrypts with keys of its own gives equal bytes another tag each time. The worker that
  /// stored the part first may be the one whose tag is in the rows.
  @Test
  void aPartThatHasAnotherTagButTheBytesThatWereSentIsCompleted() throws IOException {
    byte[] bytes = Bodies.bytes(13, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    StoredPart first = store(object, multipart, 0, bytes);
    StoredPart second = store(object, multipart, 1, bytes);
    StoredPart tagged = new StoredPart(0, "\"0\"", first.sizeBytes(), first.crc32c());

    objects.complete(object, multipart.orElseThrow(), List.of(second, tagged));

    assertThat(objects.head(object).orElseThrow().crc32c()).hasValue(Bodies.crc32c(bytes));
    assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
  }

  /// Services differ in what they answer (some forget the upload, some repeat themselves): not in what
  /// is there afterwards.
  @Test
  void completingTwiceHarmsNothing() throws IOException {
    byte[] bytes = Bodies.bytes(4, 2 * CHUNK);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    List<StoredPart> parts =
        List.of(store(object, multipart, 0, bytes), store(object, multipart, 1, bytes));
    objects.complete(object, multipart.orElseThrow(), parts);
    StoredObject before = objects.head(object).orElseThrow();

    try {
      objects.complete(object, multipart.orElseThrow(), parts);
    } catch (MultipartGoneException forgotten) {
      assertThat(forgotten).hasMessageContaining("NoSuchUpload");
    }

    assertThat(objects.head(object)).hasValue(before);
    assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
  }

  @Test
  void anOpenMultipartUploadIsShownUntilItIsAborted() throws IOException {
    ObjectRef object = object(2 * CHUNK, CHUNK);
    String multipart = objects.begin(object);
    List<OpenMultipart> open = new ArrayList<>();
    objects.forEachOpenMultipart(open::add);
    assertThat(open).extracting(OpenMultipart::multipartId).containsExactly(multipart);

    objects.abort(open.getFirst());
    objects.abort(open.getFirst());

    open.clear();
    objects.forEachOpenMultipart(open::add);
    assertThat(open).isEmpty();
  }

  /// A worker that slept through a client's second try holds a job for the first bytes.
  @Test
  void whatIsStoredIsNeverReplacedByOtherBytes() throws IOException {
    ObjectRef object = object(1000, CHUNK);
    byte[] first = Bodies.bytes(6, 1000);
    StagedPart late = part(object, 0, Bodies.bytes(7, 1000));
    objects.storeWhole(object, part(object, 0, first));

    assertThatThrownBy(() -> objects.storeWhole(object, late))
        .isInstanceOf(StoreRefusedException.class);

    assertThat(Bodies.drain(objects.read(object, 0, 1000))).isEqualTo(first);
  }

  @Test
  void aFileOfSeveralChunksInOnePartIsStoredInOneStep() throws IOException {
    byte[] bytes = Bodies.bytes(8, 3_000_000);
    ObjectRef object = object(bytes.length, 1_000_000);
    assertThat(object.plan().totalParts()).isEqualTo(1);

    StoredObject stored = objects.storeWhole(object, part(object, 0, bytes));

    assertThat(stored.crc32c()).hasValue(Bodies.crc32c(bytes));
    assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
  }

  @Test
  void aLinkServesTheObjectUnderTheNameThatWasAskedFor() throws Exception {
    byte[] bytes = Bodies.bytes(9, 1000);
    ObjectRef object = object(1000, CHUNK);
    objects.storeWhole(object, part(object, 0, bytes));

    URI link =
        objects
            .presign(object, Duration.ofMinutes(1), "attachment; filename=\"a.bin\"", "text/plain")
            .orElseThrow();

    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(bytes);
      assertThat(answer.headers().firstValue("content-disposition"))
          .hasValue("attachment; filename=\"a.bin\"");
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
    }
  }

  @Test
  void aMissingObjectAndAWrongSecretAreNotTakenForEachOther() throws IOException {
    ObjectRef object = object(10, CHUNK);
    S3Endpoint known = RealS3.endpoint();
    S3Endpoint wrong =
        new S3Endpoint(
            known.region(),
            known.uri(),
            true,
            Optional.of(new S3Endpoint.Credentials("sluice", "guessed")),
            known.checksums(),
            5);

    assertThatThrownBy(() -> objects.read(object, 0, 10)).isInstanceOf(StoreRefusedException.class);
    try (S3Connection stranger = S3Connection.open(wrong)) {
      ObjectStore closed =
          new S3ObjectStore(
              new S3Bucket(stranger, bucket.name(), bucket.prefix()),
              S3Encryption.BUCKET_DEFAULT,
              staging);
      assertThatThrownBy(() -> closed.head(object)).isInstanceOf(StoreRefusedException.class);
      assertThatThrownBy(closed::probe).isInstanceOf(StoreRefusedException.class);
      StagedPart part = part(object, 0, new byte[10]);
      assertThatThrownBy(() -> closed.storeWhole(object, part))
          .isInstanceOf(StoreRefusedException.class);
    }
  }

  @Test
  void keysOfOthersInTheBucketAreNeitherShownNorDeleted() throws IOException {
    client.putObject(
        put -> put.bucket(bucket.name()).key(bucket.full("somebody/elses")),
        RequestBody.fromString("mine"));

    List<String> keys = new ArrayList<>();
    objects.forEachObject(entry -> keys.add(entry.objectKey()));

    assertThat(keys).isEmpty();
    assertThatThrownBy(() -> objects.deleteUnowned("somebody/elses"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreObjectsThanFitOnePageAreAllShown() throws IOException {
    ObjectRef object = object(3, CHUNK);
    StagedBytes staged = part(object, 0, new byte[3]).chunks().getFirst();
    ByteDigest digest = staged.digest();
    assertThat(digest.sizeBytes()).isEqualTo(3);
    for (int i = 0; i < 1_050; i++) {
      client.putObject(
          put -> put.bucket(bucket.name()).key(bucket.full(object(3, CHUNK).objectKey())),
          RequestBody.fromString("abc"));
    }

    List<String> keys = new ArrayList<>();
    objects.forEachObject(entry -> keys.add(entry.objectKey()));

    assertThat(keys).hasSize(1_050).doesNotHaveDuplicates();
  }
}
