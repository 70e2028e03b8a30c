package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// A place in the list of bytes without an owner, opaque to clients: the last one seen.
record UnownedCursor(SweptPlace place, String key) {

  String write() {
    byte[] bytes = (place.wire() + ":" + key).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @throws ProblemException 422: it is none of ours
  static UnownedCursor read(String cursor) {
    return parse(cursor)
        .orElseThrow(() -> ProblemException.invalid("cursor", "is not one that a list gave out"));
  }

  private static Optional<UnownedCursor> parse(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      int colon = text.indexOf(':');
      // NUL is the one character that PostgreSQL has no text with.
      if (colon < 0 || text.indexOf('\0') >= 0) {
        return Optional.empty();
      }
      String key = text.substring(colon + 1);
      return SweptPlace.named(text.substring(0, colon)).map(place -> new UnownedCursor(place, key));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
