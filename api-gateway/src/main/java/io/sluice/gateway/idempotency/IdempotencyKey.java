package io.sluice.gateway.idempotency;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A client's name for one effect.
///
/// @param ownerId whose it is; others may use the same
/// @param scope which kind of request it is for
/// @param key as the client sent it
public record IdempotencyKey(String ownerId, String scope, String key) {

  private static final String HEADER = "Idempotency-Key";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /// The key that a request brings.
  ///
  /// @throws ProblemException 400: it brings one that is none, or two
  public static Optional<String> of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(HEADER));
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1 || !FORM.matcher(values.getFirst()).matches()) {
      throw new ProblemException(
          ProblemCode.MALFORMED_REQUEST, HEADER + " must be 1 to 255 printable characters, once.");
    }
    return Optional.of(values.getFirst());
  }
}
