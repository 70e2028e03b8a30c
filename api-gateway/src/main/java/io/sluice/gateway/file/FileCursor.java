package io.sluice.gateway.file;

import io.sluice.gateway.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/// The cursor of a list as clients see it: opaque, the last id shown.
final class FileCursor {

  private static final int ID_BYTES = 16;

  private FileCursor() {}

  static String write(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(ID_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The id in a cursor.
  ///
  /// @throws ProblemException it is not one of ours
  static UUID read(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == ID_BYTES) {
        ByteBuffer id = ByteBuffer.wrap(bytes);
        return new UUID(id.getLong(), id.getLong());
      }
    } catch (IllegalArgumentException e) {
      // Answered below.
    }
    throw ProblemException.invalid("cursor", "must be a next_cursor of this list");
  }
}
