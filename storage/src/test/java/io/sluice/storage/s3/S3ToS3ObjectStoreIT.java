package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.contract.Bodies;
import io.sluice.storage.contract.ObjectStoreContract;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingKey;
import io.sluice.storage.staging.StagingStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// What an object store in a bucket promises with staging in the same service, where it can copy.
class S3ToS3ObjectStoreIT extends ObjectStoreContract {

  private static final int CHUNK = 5 << 20;

  private final S3Bucket stagingBucket = RealS3.bucket();
  private final S3Client client = stagingBucket.connection().client();
  private final StagingStore staging = new S3StagingStore(stagingBucket);
  private final ObjectStore objects =
      new S3ObjectStore(RealS3.bucket(), S3Encryption.BUCKET_DEFAULT, staging);

  @Override
  protected ObjectStore objects() {
    return objects;
  }

  @Override
  protected StagingStore staging() {
    return staging;
  }

  @Override
  protected void damage(String stagingKey) {
    String key = stagingBucket.full(stagingKey);
    long size =
        client.headObject(head -> head.bucket(stagingBucket.name()).key(key)).contentLength();
    client.putObject(
        put -> put.bucket(stagingBucket.name()).key(key),
        RequestBody.fromBytes(new byte[Math.toIntExact(size)]));
  }

  /// This server keeps a checksum only where it is sent in front, so that is how it gets them here.
  @Test
  void partsThatTheServerCanVouchForAreCopiedByIt() throws Exception {
    byte[] bytes = Bodies.bytes(1, 2 * CHUNK + 77);
    ObjectRef object = object(bytes.length, CHUNK);
    Optional<String> multipart = begin(object);
    List<StoredPart> stored = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      int to = Math.min(bytes.length, (part + 1) * CHUNK);
      stored.add(
          objects.storePart(
              object,
              multipart,
              new StagedPart(
                  part, List.of(stagedInFront(Arrays.copyOfRange(bytes, part * CHUNK, to))))));
    }

    objects.complete(object, multipart.orElseThrow(), stored);

    assertThat(Bodies.drain(objects.read(object, 0, bytes.length))).isEqualTo(bytes);
    assertThat(objects.head(object).orElseThrow().sizeBytes()).isEqualTo(bytes.length);
  }

  private StagedBytes stagedInFront(byte[] bytes) {
    StagingKey key = StagingKey.next(UUID.randomUUID(), 0);
    client.putObject(
        put ->
            put.bucket(stagingBucket.name())
                .key(stagingBucket.full(key.toString()))
                .checksumCRC32C(Crc32cText.of(Bodies.crc32c(bytes))),
        RequestBody.fromBytes(bytes));
    return new StagedBytes(
        key.toString(),
        new io.sluice.storage.checksum.ByteDigest(
            bytes.length, Bodies.crc32c(bytes), Bodies.crc32(bytes), null));
  }
}
