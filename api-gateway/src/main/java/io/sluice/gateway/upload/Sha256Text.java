package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A SHA-256 as clients write it in JSON.
public final class Sha256Text {

  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

  private Sha256Text() {}

  /// The digest in lower case, or null where none was given.
  ///
  /// @param field where it came from
  /// @throws ProblemException 422: it is none
  public static @Nullable String checked(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!FORM.matcher(text).matches()) {
      throw ProblemException.invalid(field, "must be 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
