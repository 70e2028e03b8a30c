package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.object.ObjectKeys;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/// Whose keys are found in a bucket that others use too.
class S3SampleIT {

  /// More of others' keys than anybody would list, before ours, between ours and after them.
  @Test
  void aFewUploadsAreFoundAmongManyKeysOfOthers() {
    S3Bucket bucket = RealS3.bucket();
    for (int i = 0; i < 12; i++) {
      put(bucket, ".others/" + i);
      put(bucket, "00-others/" + i);
      put(bucket, "80/others/" + i);
      put(bucket, "80others/" + i);
      put(bucket, "others/" + i);
    }
    UUID low = UUID.fromString("01900000-0000-7000-8000-000000000000");
    UUID high = UUID.fromString("01900000-0000-7000-8000-0000000000f7");
    put(bucket, ObjectKeys.forUpload(low));
    put(bucket, ObjectKeys.forUpload(high));
    S3Sample sample = sample(bucket);

    assertThat(sample.take(0)).containsExactlyInAnyOrder(low, high);
    assertThat(sample.take(0x80)).containsExactlyInAnyOrder(low, high);
    assertThat(sample.take(0xff)).containsExactlyInAnyOrder(low, high);
  }

  @Test
  void aBucketWithNothingOfOursHasNoUploads() {
    S3Bucket bucket = RealS3.bucket();
    put(bucket, "0f/others");

    assertThat(sample(bucket).take()).isEmpty();
  }

  private static S3Sample sample(S3Bucket bucket) {
    return new S3Sample(
        bucket, ObjectKeys.shardNames(), ObjectKeys::uploadOf, 3, Duration.ofSeconds(5));
  }

  private static void put(S3Bucket bucket, String key) {
    bucket
        .connection()
        .client()
        .putObject(put -> put.bucket(bucket.name()).key(bucket.full(key)), RequestBody.empty());
  }
}
