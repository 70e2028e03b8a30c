package io.sluice.storage.s3;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.StagingKey;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/// Puts one body in parts that are sent one after the other, each through a temporary file: a body whose length
/// nobody knows, since S3 wants to know it in front, or one that is refused for its size. A body that ends
/// within its first part is an object like any other.
final class UnknownLengthUpload {

  private static final long LEAST_PART_BYTES = 8L << 20;

  /// Amazon S3 User Guide, "Amazon S3 multipart upload limits".
  static final long SMALLEST_PART_BYTES = 5L << 20;

  private static final int MAX_PARTS = 10_000;

  private final S3Bucket bucket;
  private final S3Client client;
  private final String key;
  private final long partBytes;
  private final Consumer<CreateMultipartUploadRequest.Builder> kind;

  /// Of a body to be staged.
  ///
  /// @param maxBytes decides the size of parts, which must all be equal for some services
  UnknownLengthUpload(S3Bucket bucket, StagingKey key, long maxBytes) {
    this(bucket, key.toString(), partBytes(LEAST_PART_BYTES, maxBytes), create -> {});
  }

  private UnknownLengthUpload(
      S3Bucket bucket,
      String key,
      long partBytes,
      Consumer<CreateMultipartUploadRequest.Builder> kind) {
    this.bucket = bucket;
    this.client = bucket.connection().client();
    this.key = bucket.full(key);
    this.partBytes = partBytes;
    this.kind = kind;
  }

  /// Of an object that is too large for one request, in the smallest parts there can be.
  ///
  /// @param kind what the object is
  static UnknownLengthUpload ofTooLarge(
      S3Bucket bucket,
      String objectKey,
      long sizeBytes,
      Consumer<CreateMultipartUploadRequest.Builder> kind) {
    return new UnknownLengthUpload(
        bucket, objectKey, partBytes(SMALLEST_PART_BYTES, sizeBytes), kind);
  }

  private static long partBytes(long least, long bytes) {
    return Math.max(least, Math.ceilDiv(bytes, (long) MAX_PARTS));
  }

  /// Sends everything there is. On return it is durable; on failure the upload is aborted.
  void send(ReadableByteChannel body) throws IOException {
    try (SpoolFile spool = new SpoolFile()) {
      ByteDigest first = spool.take(body, partBytes);
      if (first.sizeBytes() < partBytes) {
        put(first, spool);
      } else {
        sendParts(first, spool, body);
      }
    }
  }

  private void put(ByteDigest digest, SpoolFile spool) throws IOException {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .overrideConfiguration(S3Requests.boundedFor(digest.sizeBytes()));
    if (checksums() != S3Endpoint.Checksums.NONE) {
      put.checksumCRC32C(Crc32cText.of(digest.crc32c()));
    }
    sending("put staged bytes", digest, spool, content -> client.putObject(put.build(), content));
  }

  private void sendParts(ByteDigest first, SpoolFile spool, ReadableByteChannel body)
      throws IOException {
    String id = begin();
    boolean completed = false;
    try {
      List<CompletedPart> parts = new ArrayList<>();
      ByteDigest whole = ByteDigest.EMPTY;
      for (ByteDigest part = first; part.sizeBytes() > 0; part = spool.take(body, partBytes)) {
        parts.add(sendPart(id, parts.size() + 1, part, spool));
        whole = whole.then(part);
      }
      complete(id, parts, whole);
      completed = true;
    } finally {
      if (!completed) {
        abortQuietly(id);
      }
    }
  }

  private String begin() throws IOException {
    CreateMultipartUploadRequest.Builder create =
        CreateMultipartUploadRequest.builder().bucket(bucket.name()).key(key);
    kind.accept(create);
    S3Requests.askForChecksums(create, checksums());
    return S3Failures.named(
            "begin an upload in parts", () -> client.createMultipartUpload(create.build()))
        .uploadId();
  }

  private CompletedPart sendPart(String id, int number, ByteDigest digest, SpoolFile spool)
      throws IOException {
    UploadPartRequest.Builder part =
        UploadPartRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .uploadId(id)
            .partNumber(number)
            .overrideConfiguration(S3Requests.boundedFor(digest.sizeBytes()));
    CompletedPart.Builder completed = CompletedPart.builder().partNumber(number);
    if (checksums() != S3Endpoint.Checksums.NONE) {
      String crc32c = Crc32cText.of(digest.crc32c());
      part.checksumCRC32C(crc32c);
      completed.checksumCRC32C(crc32c);
    }
    return sending(
        "put a part",
        digest,
        spool,
        content -> completed.eTag(client.uploadPart(part.build(), content).eTag()).build());
  }

  private interface Sending<T> {
    T with(RequestBody content);
  }

  private static <T> T sending(String act, ByteDigest digest, SpoolFile spool, Sending<T> sending)
      throws IOException {
    ChannelStream stream = new ChannelStream(spool.content(), digest.sizeBytes());
    try {
      RequestBody content = S3Requests.body(stream, digest.sizeBytes());
      return S3Failures.named(act, () -> sending.with(content));
    } finally {
      stream.release();
    }
  }

  private void complete(String id, List<CompletedPart> parts, ByteDigest whole) throws IOException {
    S3Failures.named(
        "finish an upload in parts",
        () ->
            client.completeMultipartUpload(complete -> {
              complete
                  .bucket(bucket.name())
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(all -> all.parts(parts));
              S3Requests.sayChecksum(complete, whole.crc32c(), checksums());
            }));
  }

  /// The failure that brought us here is the one to tell; what stays open is swept later.
  private void abortQuietly(String id) {
    try {
      S3Multiparts.abort(bucket, bucket.ours(key).orElseThrow(), id);
    } catch (IOException e) {
      System.getLogger(UnknownLengthUpload.class.getName())
          .log(System.Logger.Level.WARNING, "cannot abort an unfinished staging upload", e);
    }
  }

  private S3Endpoint.Checksums checksums() {
    return bucket.connection().checksums();
  }
}
