package io.sluice.gateway.download;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// `If-Match` and `If-Unmodified-Since`, RFC 9110 sections 13.1.1 and 13.1.4. Spring evaluates them for
/// changes only, but a download that goes on where it broke off may ask too.
final class Preconditions {

  private Preconditions() {}

  static boolean hold(Representation file, HttpServletRequest request) {
    List<String> ifMatch = Collections.list(request.getHeaders("If-Match"));
    if (!ifMatch.isEmpty()) {
      return ifMatch.stream()
          .flatMap(header -> Arrays.stream(header.split(",", -1)))
          .map(String::strip)
          .anyMatch(tag -> tag.equals("*") || tag.equals(file.etag()));
    }
    long since = date(request);
    return since < 0 || file.lastModified().toEpochMilli() <= since;
  }

  /// -1 if there is none; one that cannot be read is ignored, as the section says.
  private static long date(HttpServletRequest request) {
    try {
      return request.getDateHeader("If-Unmodified-Since");
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }
}
