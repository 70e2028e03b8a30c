package io.sluice.gateway.file;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// The name of a file that comes in one request.
final class FileName {

  private static final int MAX_CHARACTERS = 1024;

  private FileName() {}

  /// From `?name=`, else from `Content-Disposition`.
  ///
  /// The query is read here and not by the server: asking the server for a parameter makes it read a
  /// body that says it is a form, and curl says so of every body unless told otherwise.
  static String of(@Nullable String query, @Nullable String disposition) {
    String name = query == null ? null : fromQuery(query);
    if (name == null && disposition != null) {
      name = fromDisposition(disposition);
    }
    return checked(name);
  }

  /// A name that can be kept.
  ///
  /// @throws ProblemException it is missing, too long, or holds a character that no name holds
  static String checked(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new ProblemException(ProblemCode.FILE_NAME_MISSING, "Say what the file is called.");
    }
    if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
      throw ProblemException.invalid("name", "must have at most 1024 characters");
    }
    if (name.indexOf('\0') >= 0) {
      throw ProblemException.invalid("name", "must not contain NUL");
    }
    return name;
  }

  private static @Nullable String fromQuery(String query) {
    String value =
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().getFirst("name");
    try {
      return value == null
          ? null
          : UriUtils.decode(value.replace('+', ' '), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "The query cannot be read.");
    }
  }

  private static @Nullable String fromDisposition(String disposition) {
    try {
      return ContentDisposition.parse(disposition).getFilename();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.MALFORMED_REQUEST, "Content-Disposition cannot be read.");
    }
  }
}
