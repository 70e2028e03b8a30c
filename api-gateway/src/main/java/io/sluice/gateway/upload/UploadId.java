package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import java.util.UUID;

/// The id in a path.
public final class UploadId {

  private static final int LENGTH = 36;

  private UploadId() {}

  /// Reads an id. Only its usual form: `UUID.fromString` also takes `1-1-1-1-1`.
  ///
  /// @throws ProblemException 404, as for an id that nobody has
  public static UUID parse(String text) {
    if (text.length() == LENGTH) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        throw ProblemException.notFound();
      }
    }
    throw ProblemException.notFound();
  }
}
