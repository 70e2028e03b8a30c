package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.contract.Bodies;
import io.sluice.storage.contract.StagingStoreContract;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingKey;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/// What staging in a bucket promises beyond the contract.
class S3StagingStoreIT extends StagingStoreContract {

  private final S3Bucket bucket = RealS3.bucket();
  private final S3Client client = bucket.connection().client();
  private final StagingStore staging = new S3StagingStore(bucket);

  @Override
  protected StagingStore staging() {
    return staging;
  }

  @Test
  void aLongBodyThatBreaksOffLeavesNoMultipartUploadOpen() throws IOException {
    byte[] bytes = Bodies.bytes(1, 20 << 20);

    assertThatThrownBy(() ->
            staging.stage(
                new StageRequest(UUID.randomUUID(), 0, -1, 1L << 30, false),
                Bodies.breakingAfter(bytes)))
        .isInstanceOf(BodyReadException.class);

    assertThat(entries()).isEmpty();
    assertThat(openMultiparts()).isZero();
  }

  /// A gateway that was killed between the parts of a body leaves this behind.
  @Test
  void aMultipartUploadThatNobodyFinishedIsShownAndCanBeDeleted() throws IOException {
    StagingKey key = StagingKey.next(UUID.randomUUID(), 7);
    client.createMultipartUpload(
        create -> create.bucket(bucket.name()).key(bucket.full(key.toString())));

    List<StagedEntry> shown = entries();
    assertThat(shown)
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.uploadId()).isEqualTo(key.uploadId());
          assertThat(entry.chunkIndex()).isEqualTo(7);
          assertThat(entry.lastModified()).isNotNull();
        });
    staging.delete(List.of(shown.getFirst().stagingKey()));

    assertThat(openMultiparts()).isZero();
    assertThat(entries()).isEmpty();
  }

  @Test
  void manyKeysAreDeletedAtOnce() throws IOException {
    UUID upload = UUID.randomUUID();
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      StagedBytes staged =
          staging.stage(StageRequest.exactly(upload, i, 3, false), Bodies.of(new byte[3]));
      keys.add(staged.stagingKey());
    }

    staging.delete(keys);

    assertThat(entries()).isEmpty();
  }

  @Test
  void whatIsNotOursInTheBucketIsNeitherShownNorTouched() throws IOException {
    client.putObject(
        put -> put.bucket(bucket.name()).key(bucket.full("notes.txt")),
        software.amazon.awssdk.core.sync.RequestBody.fromString("mine"));

    assertThat(entries()).isEmpty();
  }

  private List<StagedEntry> entries() throws IOException {
    List<StagedEntry> entries = new ArrayList<>();
    staging.forEach(entries::add);
    return entries;
  }

  private int openMultiparts() {
    return client
        .listMultipartUploads(list -> list.bucket(bucket.name()).prefix(bucket.prefix()))
        .uploads()
        .size();
  }
}
