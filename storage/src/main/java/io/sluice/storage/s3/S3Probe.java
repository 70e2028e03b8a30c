package io.sluice.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/// Proves that a bucket takes bytes, by giving it some.
final class S3Probe {

  /// Below our prefix and not of the shape of any of our keys.
  private static final String KEY = ".sluice/probe";

  private S3Probe() {}

  static void write(S3Bucket bucket, S3Encryption encryption, long sizeBytes) throws IOException {
    S3Failures.named(
        "probe",
        () ->
            bucket
                .connection()
                .client()
                .putObject(
                    put ->
                        put.bucket(bucket.name())
                            .key(bucket.full(KEY))
                            .serverSideEncryption(encryption.wire())
                            .ssekmsKeyId(encryption.key()),
                    RequestBody.fromContentProvider(
                        () -> new Zeros(sizeBytes), sizeBytes, "application/octet-stream")));
  }

  /// So many zeros, none of them held.
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(into, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
