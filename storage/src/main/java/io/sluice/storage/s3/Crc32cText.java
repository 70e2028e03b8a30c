package io.sluice.storage.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/// CRC32C as S3 writes it: the four bytes, big-endian, in Base64.
final class Crc32cText {

  private static final int CRC_BYTES = 4;

  private Crc32cText() {}

  static String of(int crc32c) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(CRC_BYTES).putInt(crc32c).array());
  }

  /// Reads the check of a whole object. A composite one (`…-3`), made of the checks of parts, is none.
  static Optional<Integer> parse(@Nullable String text, @Nullable ChecksumType type) {
    if (text == null || type == ChecksumType.COMPOSITE || text.indexOf('-') >= 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == CRC_BYTES
          ? Optional.of(ByteBuffer.wrap(bytes).getInt())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
