package io.sluice.acceptance.digest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// What some bytes are.
///
/// @param sizeBytes how many there are
/// @param sha256 in lower-case hex
/// @param crc32c of RFC 3720, as PostgreSQL's int holds it
/// @param crc32 of zip, as PostgreSQL's int holds it
public record Digest(long sizeBytes, String sha256, int crc32c, int crc32) {

  private static final int BUFFER_SIZE_BYTES = 64 * 1024;

  /// Reads a stream to its end and closes it.
  public static Digest of(InputStream stream) throws IOException {
    MessageDigest sha256 = freshSha256();
    CRC32C crc32c = new CRC32C();
    CRC32 crc32 = new CRC32();
    byte[] buffer = new byte[BUFFER_SIZE_BYTES];
    long size = 0;
    try (stream) {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        sha256.update(buffer, 0, read);
        crc32c.update(buffer, 0, read);
        crc32.update(buffer, 0, read);
        size += read;
      }
    }
    return new Digest(
        size,
        HexFormat.of().formatHex(sha256.digest()),
        (int) crc32c.getValue(),
        (int) crc32.getValue());
  }

  /// Of bytes in memory.
  public static Digest of(byte[] bytes) {
    try {
      return of(new ByteArrayInputStream(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static MessageDigest freshSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
