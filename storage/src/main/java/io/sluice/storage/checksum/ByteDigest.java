package io.sluice.storage.checksum;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What is known of a run of bytes without having them.
///
/// CRC32C and CRC32 are taken of every byte; they use different polynomials and both run at memory
/// speed, so size and the pair together tell two different runs apart with a chance of error of about
/// 2⁻⁶⁴. SHA-256 costs half a second of CPU for each GiB and is taken only where somebody wants it.
///
/// @param sizeBytes number of bytes
/// @param crc32c Castagnoli CRC, RFC 3720 appendix B.4, as the int's 32 bits
/// @param crc32 the CRC of zip and gzip, as the int's 32 bits
/// @param sha256 64 lower-case hex digits, or null where it was not taken
public record ByteDigest(long sizeBytes, int crc32c, int crc32, @Nullable String sha256) {

  public ByteDigest {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size " + sizeBytes);
    }
    if (sha256 != null && HexFormat.of().parseHex(sha256).length != 32) {
      throw new IllegalArgumentException("not a SHA-256");
    }
  }

  /// The digest of no bytes at all.
  public static final ByteDigest EMPTY = new ByteDigest(0, 0, 0, null);

  /// The digest of these bytes with others right behind them. A SHA-256 cannot be combined and is lost.
  public ByteDigest then(ByteDigest next) {
    return new ByteDigest(
        Math.addExact(sizeBytes, next.sizeBytes),
        Crc.CRC32C.combine(crc32c, next.crc32c, next.sizeBytes),
        Crc.CRC32.combine(crc32, next.crc32, next.sizeBytes),
        null);
  }

  /// Whether the two describe the same bytes. A SHA-256 counts where both have one.
  public boolean matches(ByteDigest other) {
    return sizeBytes == other.sizeBytes
        && crc32c == other.crc32c
        && crc32 == other.crc32
        && (sha256 == null || other.sha256 == null || sha256.equals(other.sha256));
  }
}
