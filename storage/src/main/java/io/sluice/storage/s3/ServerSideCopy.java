package io.sluice.storage.s3;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Decides whether the service itself can copy staged bytes to where they should be, and whether what it
/// copied is what was acknowledged.
///
/// Copied bytes never pass by us, so it is the service's own CRC32C that is compared: the one it gives
/// with the copy, else the one it keeps with the source. Where it has neither, the bytes are streamed.
final class ServerSideCopy {

  private static final long LEAST_PART_BYTES = 5L << 20;
  private static final long MOST_BYTES = 5L << 30;

  private final S3Bucket target;
  private final @Nullable S3Bucket source;

  ServerSideCopy(S3Bucket target, StagingStore staging) {
    this.target = target;
    boolean reachable =
        staging instanceof S3StagingStore s3
            && s3.bucket().connection().endpoint().sameServiceAs(target.connection().endpoint());
    this.source = reachable ? ((S3StagingStore) staging).bucket() : null;
  }

  /// A source that can be copied, and what is known of it.
  ///
  /// @param bucket where it is
  /// @param key under which full key
  /// @param etag its tag, so that nothing else is copied instead
  /// @param digest what was acknowledged
  record Source(String bucket, String key, String etag, ByteDigest digest) {}

  /// The source for a whole object.
  Optional<Source> wholeOf(StagedPart part) throws IOException {
    return part.chunks().size() == 1 ? verified(part.chunks().getFirst()) : Optional.empty();
  }

  /// The source for one part of a multipart upload. S3 copies no parts below its least part size but the
  /// last one.
  Optional<Source> partOf(StagedPart part, boolean last) throws IOException {
    boolean copyable = part.chunks().size() == 1 && (last || part.sizeBytes() >= LEAST_PART_BYTES);
    return copyable ? verified(part.chunks().getFirst()) : Optional.empty();
  }

  private Optional<Source> verified(StagedBytes staged) throws IOException {
    S3Bucket from = source;
    if (from == null
        || target.connection().checksums() == S3Endpoint.Checksums.NONE
        || staged.digest().sizeBytes() > MOST_BYTES) {
      return Optional.empty();
    }
    HeadObjectResponse head = head(from, staged);
    Optional<Integer> kept = Crc32cText.parse(head.checksumCRC32C(), head.checksumType());
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    if (kept.get() != staged.digest().crc32c()
        || head.contentLength() != staged.digest().sizeBytes()) {
      throw new StagedBytesDamagedException(
          "staging holds other bytes than were acknowledged: " + staged.stagingKey());
    }
    return Optional.of(
        new Source(from.name(), from.full(staged.stagingKey()), head.eTag(), staged.digest()));
  }

  private static HeadObjectResponse head(S3Bucket from, StagedBytes staged) throws IOException {
    try {
      return S3Failures.named(
          "head staged bytes",
          () ->
              from.connection()
                  .client()
                  .headObject(head ->
                      head.bucket(from.name())
                          .key(from.full(staged.stagingKey()))
                          .checksumMode(ChecksumMode.ENABLED)));
    } catch (StoreRefusedException e) {
      if (S3Failures.isMissingKey(e)) {
        throw new StagedBytesMissingException("nothing is staged under " + staged.stagingKey(), e);
      }
      throw e;
    }
  }

  /// Compares what the service says it has copied, where it says anything.
  static void check(Source source, @Nullable String copiedCrc32c) throws IOException {
    Optional<Integer> copied = Crc32cText.parse(copiedCrc32c, null);
    if (copied.isPresent() && copied.get() != source.digest().crc32c()) {
      throw new StagedBytesDamagedException("the store copied other bytes than were staged");
    }
  }
}
