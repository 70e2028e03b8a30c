package io.sluice.gateway.request;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of one request, in its answer, in its log lines and in its problem.
public final class RequestId {

  /// Where a client may give one and always gets one.
  public static final String HEADER = "X-Request-ID";

  private static final String ATTRIBUTE = RequestId.class.getName();

  /// What may be repeated in a header, in a log line and in JSON without a second thought.
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  private RequestId() {}

  /// The request's id; given to it now if it has none yet.
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = choose(request.getHeader(HEADER));
    remember(request, id);
    return id;
  }

  static String choose(@Nullable String offered) {
    return offered != null && SANE.matcher(offered).matches()
        ? offered
        : UUID.randomUUID().toString();
  }

  private static void remember(ServletRequest request, String id) {
    request.setAttribute(ATTRIBUTE, id);
  }
}
