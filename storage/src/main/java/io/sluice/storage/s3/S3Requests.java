package io.sluice.storage.s3;

import io.sluice.storage.object.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Response;

/// What the requests of both stores have in common.
final class S3Requests {

  private static final String MEDIA_TYPE = "application/octet-stream";
  private static final Duration LEAST = Duration.ofSeconds(60);

  /// Slower than this is a store that has stopped.
  static final long SLOWEST_STORE_BYTES_PER_SECOND = 1 << 20;

  /// Slower than this is a client that has stopped; its body passes straight through.
  static final long SLOWEST_CLIENT_BYTES_PER_SECOND = 16 << 10;

  private S3Requests() {}

  /// A body out of a stream, which begins again where the request is sent again.
  static RequestBody body(ChannelStream stream, long sizeBytes) {
    ContentStreamProvider provider =
        new ContentStreamProvider() {
          @Override
          public InputStream newStream() {
            try {
              stream.rewind();
              return stream;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public String name() {
            return "staged";
          }
        };
    return RequestBody.fromContentProvider(provider, sizeBytes, MEDIA_TYPE);
  }

  /// Whether an answer that says "done" is the service's: it repeats the checksum that was sent, or carries the
  /// id that S3 gives every request. Anything in between can say 200, and can put a tag on its page; what it
  /// does not vouch for has to be looked at.
  static boolean isVouchedFor(S3Response answer, @Nullable String repeatedCrc32c, int sentCrc32c) {
    return Crc32cText.of(sentCrc32c).equals(repeatedCrc32c)
        || answer
            .sdkHttpResponse()
            .firstMatchingHeader("x-amz-request-id")
            .filter(id -> !id.isBlank())
            .isPresent();
  }

  /// What a service that did what it was asked always says: the tag of what it took, the id of what it began.
  /// A page of something in between, answered with 200, does not have it, and nothing was stored.
  ///
  /// @throws StoreUnavailableException it does not say it
  static String said(String act, @Nullable String value) throws StoreUnavailableException {
    if (value == null || value.isBlank()) {
      throw new StoreUnavailableException(
          act + ": answered as if done, by something that is no S3");
    }
    return value;
  }

  /// Whether an answer is a listing at all. An empty body, or a page of something in between, reads like one in
  /// which nothing is listed, and "nothing is there" is the most dangerous thing to believe.
  ///
  /// @throws StoreUnavailableException it does not even say whether it goes on
  static void isListing(String act, @Nullable Boolean truncated) throws StoreUnavailableException {
    if (truncated == null) {
      throw new StoreUnavailableException(act + ": answered by something that is no S3");
    }
  }

  /// The longest a request with a body may take. A server that takes no more bytes without closing the
  /// connection would hold its sender for ever: no read is waiting that could time out.
  static Consumer<AwsRequestOverrideConfiguration.Builder> boundedFor(
      long sizeBytes, long slowestBytesPerSecond) {
    Duration most = LEAST.plusSeconds(sizeBytes / slowestBytesPerSecond);
    return override -> override.apiCallTimeout(most);
  }

  /// The same, for bytes that are at hand.
  static Consumer<AwsRequestOverrideConfiguration.Builder> boundedFor(long sizeBytes) {
    return boundedFor(sizeBytes, SLOWEST_STORE_BYTES_PER_SECOND);
  }

  /// Has every part of a new multipart upload checked.
  static void askForChecksums(
      CreateMultipartUploadRequest.Builder create, S3Endpoint.Checksums checksums) {
    switch (checksums) {
      case FULL_OBJECT ->
          create
              .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
              .checksumType(ChecksumType.FULL_OBJECT);
      case COMPOSITE ->
          create.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumType(ChecksumType.COMPOSITE);
      case NONE -> {}
    }
  }

  /// Has the service compare the whole with what the parts make together, where it can.
  static void sayChecksum(
      CompleteMultipartUploadRequest.Builder complete,
      int wholeCrc32c,
      S3Endpoint.Checksums checksums) {
    if (checksums == S3Endpoint.Checksums.FULL_OBJECT) {
      complete.checksumType(ChecksumType.FULL_OBJECT).checksumCRC32C(Crc32cText.of(wholeCrc32c));
    }
  }
}
