package io.sluice.storage.s3;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Gets bytes out of staging into a bucket: copied by the service where it can, else streamed through
/// one buffer, chunk after chunk, each verified before its last byte goes out.
///
/// A whole object is written only where there is none (`If-None-Match: *`), so a worker that wakes up
/// late replaces nothing. A service that knows no such condition is taken as it is.
final class S3Writes {

  private final S3Bucket bucket;
  private final S3Encryption encryption;
  private final StagingStore staging;
  private final S3Client client;
  private final ServerSideCopy copy;
  private volatile boolean conditional = true;

  S3Writes(S3Bucket bucket, S3Encryption encryption, StagingStore staging) {
    this.bucket = bucket;
    this.encryption = encryption;
    this.staging = staging;
    this.client = bucket.connection().client();
    this.copy = new ServerSideCopy(bucket, staging);
  }

  /// Writes one part of a multipart upload.
  ///
  /// @return the part's tag
  String part(ObjectRef object, String multipartId, StagedPart part, ByteDigest digest)
      throws IOException {
    boolean last = part.part() == object.plan().totalParts() - 1;
    Optional<ServerSideCopy.Source> source = copy.partOf(part, last);
    return source.isPresent()
        ? copyPart(object, multipartId, part.part() + 1, source.get())
        : uploadPart(object, multipartId, part, digest);
  }

  private String copyPart(
      ObjectRef object, String multipartId, int number, ServerSideCopy.Source source)
      throws IOException {
    UploadPartCopyRequest request =
        UploadPartCopyRequest.builder()
            .sourceBucket(source.bucket())
            .sourceKey(source.key())
            .copySourceIfMatch(source.etag())
            .destinationBucket(bucket.name())
            .destinationKey(bucket.full(object.objectKey()))
            .uploadId(multipartId)
            .partNumber(number)
            .build();
    CopyPartResult result =
        copying("copy part", () -> client.uploadPartCopy(request).copyPartResult());
    ServerSideCopy.check(source, result.checksumCRC32C());
    return S3Requests.said("copy", result.eTag());
  }

  private String uploadPart(
      ObjectRef object, String multipartId, StagedPart part, ByteDigest digest) throws IOException {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder()
            .bucket(bucket.name())
            .key(bucket.full(object.objectKey()))
            .uploadId(multipartId)
            .partNumber(part.part() + 1)
            .checksumCRC32C(checksum(digest))
            .overrideConfiguration(S3Requests.boundedFor(digest.sizeBytes()));
    UploadPartResponse answer =
        streaming("upload part", part, digest, body -> client.uploadPart(request.build(), body));
    String etag = S3Requests.said("upload part", answer.eTag());
    if (!S3Requests.isVouchedFor(answer, answer.checksumCRC32C(), digest.crc32c())) {
      lookForPart(object, multipartId, part.part() + 1, digest);
    }
    return etag;
  }

  private void lookForPart(ObjectRef object, String multipartId, int number, ByteDigest digest)
      throws IOException {
    boolean there =
        S3Multiparts.parts(bucket, object.objectKey(), multipartId).stream()
            .anyMatch(seen ->
                seen.partNumber() == number
                    && S3Multiparts.holds(seen, digest.sizeBytes(), digest.crc32c()));
    if (!there) {
      throw new StoreUnavailableException("upload part: answered as if done, and is not there");
    }
  }

  /// Writes an object in one piece.
  ///
  /// @return the object's tag
  /// @throws StoreRefusedException there is an object already, or the service refused this one
  String whole(ObjectRef object, StagedPart part, ByteDigest digest) throws IOException {
    try {
      return whole(object, part, digest, conditional ? "*" : null);
    } catch (StoreRefusedException e) {
      if (S3Failures.isTooLarge(e)
          && digest.sizeBytes() > UnknownLengthUpload.SMALLEST_PART_BYTES) {
        return inParts(object, part, digest);
      }
      if (!conditional || !S3Failures.isUnsupported(e)) {
        throw e;
      }
      conditional = false;
      return whole(object, part, digest, null);
    }
  }

  private String whole(
      ObjectRef object, StagedPart part, ByteDigest digest, @Nullable String unlessTagged)
      throws IOException {
    Optional<ServerSideCopy.Source> source = copy.wholeOf(part);
    return source.isPresent()
        ? copyWhole(object, source.get(), unlessTagged)
        : putWhole(object, part, digest, unlessTagged);
  }

  private String copyWhole(
      ObjectRef object, ServerSideCopy.Source source, @Nullable String unlessTagged)
      throws IOException {
    CopyObjectRequest request =
        CopyObjectRequest.builder()
            .sourceBucket(source.bucket())
            .sourceKey(source.key())
            .copySourceIfMatch(source.etag())
            .destinationBucket(bucket.name())
            .destinationKey(bucket.full(object.objectKey()))
            .metadataDirective(MetadataDirective.REPLACE)
            .contentType(object.contentType())
            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
            .serverSideEncryption(encryption.wire())
            .ssekmsKeyId(encryption.key())
            .ifNoneMatch(unlessTagged)
            .build();
    CopyObjectResult result =
        copying("copy object", () -> client.copyObject(request).copyObjectResult());
    ServerSideCopy.check(source, result.checksumCRC32C());
    return S3Requests.said("copy", result.eTag());
  }

  private String putWhole(
      ObjectRef object, StagedPart part, ByteDigest digest, @Nullable String unlessTagged)
      throws IOException {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(bucket.full(object.objectKey()))
            .contentType(object.contentType())
            .checksumCRC32C(checksum(digest))
            .serverSideEncryption(encryption.wire())
            .ssekmsKeyId(encryption.key())
            .ifNoneMatch(unlessTagged)
            .overrideConfiguration(S3Requests.boundedFor(digest.sizeBytes()));
    PutObjectResponse answer =
        streaming("put object", part, digest, body -> client.putObject(request.build(), body));
    String etag = S3Requests.said("put object", answer.eTag());
    return S3Requests.isVouchedFor(answer, answer.checksumCRC32C(), digest.crc32c())
        ? etag
        : lookForWhole(object, digest);
  }

  /// @return the tag of what is there
  private String lookForWhole(ObjectRef object, ByteDigest digest) throws IOException {
    HeadObjectResponse head =
        S3Failures.named(
            "head object",
            () ->
                client.headObject(ask ->
                    ask.bucket(bucket.name())
                        .key(bucket.full(object.objectKey()))
                        .checksumMode(ChecksumMode.ENABLED)));
    Long size = head.contentLength();
    boolean right =
        size != null
            && size == digest.sizeBytes()
            && Crc32cText.parse(head.checksumCRC32C(), head.checksumType())
                .map(crc -> crc == digest.crc32c())
                .orElse(true);
    if (!right) {
      throw new StoreUnavailableException(
          "the store has %s bytes, sent were %d".formatted(size, digest.sizeBytes()));
    }
    return S3Requests.said("head object", head.eTag());
  }

  /// What was refused for its size may be taken in smaller pieces. What the answer to the join is worth, a
  /// look at the object decides.
  private String inParts(ObjectRef object, StagedPart part, ByteDigest digest) throws IOException {
    try (PartBytes bytes = new PartBytes(staging, part.chunks())) {
      UnknownLengthUpload.ofTooLarge(
              bucket,
              object.objectKey(),
              digest.sizeBytes(),
              create ->
                  create
                      .contentType(object.contentType())
                      .serverSideEncryption(encryption.wire())
                      .ssekmsKeyId(encryption.key()))
          .send(bytes);
    }
    return lookForWhole(object, digest);
  }

  /// The source was there when it was looked at; another delivery of the job may have deleted it since.
  private static <T> T copying(String act, S3Failures.Request<T> request) throws IOException {
    try {
      return S3Failures.named(act, request);
    } catch (StoreRefusedException e) {
      throw S3Failures.isMissingKey(e)
          ? new StagedBytesMissingException("the staged bytes went away", e)
          : e;
    }
  }

  private interface Sending<T> {
    T with(RequestBody body);
  }

  private <T> T streaming(String act, StagedPart part, ByteDigest digest, Sending<T> sending)
      throws IOException {
    try (PartBytes bytes = new PartBytes(staging, part.chunks())) {
      ChannelStream stream = new ChannelStream(bytes, digest.sizeBytes());
      try {
        stream.fill(); // what is missing or damaged at once needs no request
        RequestBody body = S3Requests.body(stream, digest.sizeBytes());
        return S3Failures.named(act, () -> sending.with(body));
      } finally {
        stream.release();
      }
    }
  }

  private @Nullable String checksum(ByteDigest digest) {
    return bucket.connection().checksums() == S3Endpoint.Checksums.NONE
        ? null
        : Crc32cText.of(digest.crc32c());
  }
}
