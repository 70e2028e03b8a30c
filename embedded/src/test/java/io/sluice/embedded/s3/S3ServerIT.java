package io.sluice.embedded.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.EmbeddedStack;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// What the S3 store asks of a server, asked of this one with the AWS SDK.
class S3ServerIT {

  private static final int MIB = 1 << 20;

  private final String key = "it/" + UUID.randomUUID();
  private S3Client s3;

  @BeforeEach
  void connect() {
    s3 = Clients.of(EmbeddedStack.s3());
  }

  @AfterEach
  void disconnect() {
    s3.close();
  }

  @Test
  void anObjectComesBackWithItsSizeAndTheChecksumItWasSentWith() {
    byte[] content = randomBytes(3 * MIB + 17);
    String checksum = Checksums.crc32c(content);
    s3.putObject(
        put -> put.bucket(S3Server.BUCKET).key(key).checksumCRC32C(checksum),
        RequestBody.fromBytes(content));

    HeadObjectResponse head =
        s3.headObject(
            ask -> ask.bucket(S3Server.BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
    assertThat(head.contentLength()).isEqualTo(content.length);
    assertThat(head.checksumCRC32C()).isEqualTo(checksum);
    assertThat(read(key)).isEqualTo(content);
  }

  /// The SDK's own checksums come after the body. They are accepted, not kept: a client that wants them back sends
  /// them as a header.
  @Test
  void aChecksumAfterTheBodyIsNotKept() {
    byte[] content = randomBytes(MIB);
    s3.putObject(
        put -> put.bucket(S3Server.BUCKET).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
        RequestBody.fromBytes(content));

    HeadObjectResponse head =
        s3.headObject(
            ask -> ask.bucket(S3Server.BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC32C()).isNull();
    assertThat(read(key)).isEqualTo(content);
  }

  @Test
  void aBodyThatDoesNotFitItsChecksumIsRefusedAndNothingIsStored() {
    assertThatThrownBy(() ->
            s3.putObject(
                put ->
                    put.bucket(S3Server.BUCKET)
                        .key(key)
                        .checksumCRC32C(Checksums.crc32c(randomBytes(10))),
                RequestBody.fromBytes(randomBytes(MIB))))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
    assertThatThrownBy(() -> s3.headObject(ask -> ask.bucket(S3Server.BUCKET).key(key)))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aRangeIsReadWithoutTheRest() {
    byte[] content = randomBytes(MIB);
    put(key, content);
    byte[] middle =
        s3.getObjectAsBytes(get -> get.bucket(S3Server.BUCKET).key(key).range("bytes=1000-1999"))
            .asByteArray();
    assertThat(middle).isEqualTo(Arrays.copyOfRange(content, 1000, 2000));
  }

  @Test
  void partsWithChecksumsBecomeOneObject() {
    byte[] first = randomBytes(5 * MIB);
    byte[] second = randomBytes(MIB);
    String uploadId = begin(key);
    List<CompletedPart> parts =
        List.of(uploadPart(uploadId, 1, first), uploadPart(uploadId, 2, second));

    List<Part> listed =
        s3.listParts(ask -> ask.bucket(S3Server.BUCKET).key(key).uploadId(uploadId)).parts();
    assertThat(listed).extracting(Part::partNumber).containsExactly(1, 2);
    assertThat(listed).extracting(Part::size).containsExactly(5L * MIB, (long) MIB);

    complete(uploadId, parts);
    assertThat(read(key)).isEqualTo(Checksums.concat(first, second));
    assertThat(uploadIds()).doesNotContain(uploadId);
  }

  @Test
  void aPartThatDoesNotFitItsChecksumIsRefusedAndNotListed() {
    String uploadId = begin(key);
    assertThatThrownBy(
            () -> uploadPart(uploadId, 1, randomBytes(MIB), Checksums.crc32c(randomBytes(10))))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.listParts(ask -> ask.bucket(S3Server.BUCKET).key(key).uploadId(uploadId)).parts())
        .isEmpty();
  }

  @Test
  void aPartIsCopiedFromAnotherObjectWithinTheServer() {
    byte[] source = randomBytes(6 * MIB);
    put(key + ".source", source);
    String uploadId =
        s3.createMultipartUpload(create -> create.bucket(S3Server.BUCKET).key(key)).uploadId();
    String etag =
        s3.uploadPartCopy(copy ->
                copy.sourceBucket(S3Server.BUCKET)
                    .sourceKey(key + ".source")
                    .copySourceRange("bytes=0-" + (5 * MIB - 1))
                    .destinationBucket(S3Server.BUCKET)
                    .destinationKey(key)
                    .uploadId(uploadId)
                    .partNumber(1))
            .copyPartResult()
            .eTag();
    complete(uploadId, List.of(CompletedPart.builder().partNumber(1).eTag(etag).build()));
    assertThat(read(key)).isEqualTo(Arrays.copyOf(source, 5 * MIB));
  }

  @Test
  void anAbortedUploadIsListedNoMoreAndLeavesNoObject() {
    String uploadId = begin(key);
    uploadPart(uploadId, 1, randomBytes(MIB));
    assertThat(uploadIds()).contains(uploadId);

    s3.abortMultipartUpload(abort -> abort.bucket(S3Server.BUCKET).key(key).uploadId(uploadId));

    assertThat(uploadIds()).doesNotContain(uploadId);
    assertThatThrownBy(() -> s3.headObject(ask -> ask.bucket(S3Server.BUCKET).key(key)))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void aWrongSecretIsRefused() {
    try (S3Client stranger =
        Clients.of(EmbeddedStack.s3().endpoint(), EmbeddedStack.s3().accessKey(), "guessed")) {
      assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket(S3Server.BUCKET)))
          .isInstanceOfSatisfying(
              S3Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(403));
    }
  }

  private String begin(String target) {
    return s3.createMultipartUpload(create ->
            create.bucket(S3Server.BUCKET).key(target).checksumAlgorithm(ChecksumAlgorithm.CRC32_C))
        .uploadId();
  }

  private CompletedPart uploadPart(String uploadId, int number, byte[] content) {
    return uploadPart(uploadId, number, content, Checksums.crc32c(content));
  }

  private CompletedPart uploadPart(String uploadId, int number, byte[] content, String checksum) {
    UploadPartResponse stored =
        s3.uploadPart(
            part ->
                part.bucket(S3Server.BUCKET)
                    .key(key)
                    .uploadId(uploadId)
                    .partNumber(number)
                    .checksumCRC32C(checksum),
            RequestBody.fromBytes(content));
    assertThat(stored.checksumCRC32C()).isEqualTo(checksum);
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(stored.eTag())
        .checksumCRC32C(checksum)
        .build();
  }

  private void complete(String uploadId, List<CompletedPart> parts) {
    s3.completeMultipartUpload(complete ->
        complete
            .bucket(S3Server.BUCKET)
            .key(key)
            .uploadId(uploadId)
            .multipartUpload(all -> all.parts(parts)));
  }

  private List<String> uploadIds() {
    return s3
        .listMultipartUploads(list -> list.bucket(S3Server.BUCKET).prefix("it/"))
        .uploads()
        .stream()
        .map(MultipartUpload::uploadId)
        .toList();
  }

  private void put(String target, byte[] content) {
    s3.putObject(put -> put.bucket(S3Server.BUCKET).key(target), RequestBody.fromBytes(content));
  }

  private byte[] read(String source) {
    return s3.getObjectAsBytes(get -> get.bucket(S3Server.BUCKET).key(source)).asByteArray();
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random().nextBytes(bytes);
    return bytes;
  }
}
