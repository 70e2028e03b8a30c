package io.sluice.gateway.problem;

import io.sluice.model.problem.ProblemCode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One refusal, ready to be written.
///
/// @param detail a sentence for the person who reads the client's log; never a class, a path or SQL
/// @param extensions further members of the document (RFC 9457, section 3.2), in order
/// @param headers response headers that belong to the refusal
public record Problem(
    ProblemCode code, String detail, Map<String, Object> extensions, Map<String, String> headers) {

  public Problem {
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public Problem(ProblemCode code, String detail) {
    this(code, detail, Map.of(), Map.of());
  }

  /// Adds a member to the document.
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extensions);
    more.put(name, value);
    return new Problem(code, detail, more, headers);
  }

  /// Adds a response header.
  public Problem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail, extensions, more);
  }

  /// Says when to try again, in whole seconds, at least one.
  public Problem retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return header("Retry-After", Long.toString(seconds));
  }
}
