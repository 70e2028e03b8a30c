package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/// A place in a list, opaque to clients: the id of the last item seen.
final class Cursor {

  private static final int LENGTH = 16;

  private Cursor() {}

  static String write(UUID last) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putLong(last.getMostSignificantBits()).putLong(last.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// Reads a cursor.
  ///
  /// @throws ProblemException 422: it is none of ours
  static UUID read(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == LENGTH) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw ProblemException.invalid("cursor", "is not one that a list gave out");
  }
}
