package io.sluice.worker.upload;

import io.sluice.storage.checksum.ByteDigest;
import org.jspecify.annotations.Nullable;

/// What a file turned out to be, after its store confirmed it.
///
/// @param etag the file's own strong tag, quoted
/// @param crc32c of the whole file
/// @param sha256 of the whole file, where it is known
public record VerifiedFile(String etag, int crc32c, @Nullable String sha256) {

  private static final int SHA256_DIGITS_IN_TAG = 32;

  /// The tag (RFC 9110 section 8.8.3) is made of the bytes, not of the store's tag, so that it stays the
  /// same when the file moves to another store: of the SHA-256 if there is one, else of check and size.
  public static VerifiedFile of(ByteDigest digest) {
    String sha256 = digest.sha256();
    String etag =
        sha256 != null
            ? "\"" + sha256.substring(0, SHA256_DIGITS_IN_TAG) + "\""
            : "\"%08x-%x\"".formatted(digest.crc32c(), digest.sizeBytes());
    return new VerifiedFile(etag, digest.crc32c(), sha256);
  }
}
