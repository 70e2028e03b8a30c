package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// A place in the list of dead letters, opaque to clients: the last one seen.
///
/// @param lastFailedAt to the microsecond, as PostgreSQL has it
record DeadLetterCursor(Instant lastFailedAt, UUID id) {

  private static final int LENGTH = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  String write() {
    byte[] bytes =
        ByteBuffer.allocate(LENGTH)
            .putLong(lastFailedAt.getEpochSecond())
            .putInt(lastFailedAt.getNano())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @throws ProblemException 422: it is none of ours
  static DeadLetterCursor read(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == LENGTH) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant at = Instant.ofEpochSecond(buffer.getLong(), buffer.getInt());
        if (at.getEpochSecond() >= 0 && at.getEpochSecond() < Integer.MAX_VALUE * 100L) {
          return new DeadLetterCursor(at, new UUID(buffer.getLong(), buffer.getLong()));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Told below.
    }
    throw ProblemException.invalid("cursor", "is not one that a list gave out");
  }
}
