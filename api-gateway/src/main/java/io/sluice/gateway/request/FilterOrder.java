package io.sluice.gateway.request;

import org.springframework.core.Ordered;

/// The order in which a request passes the filters. Security, at -100, comes after all but the last.
public final class FilterOrder {

  /// First, so that every answer and every log line has the id.
  public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;

  public static final int MEASUREMENT = Ordered.HIGHEST_PRECEDENCE + 1;
  public static final int PROBLEM = Ordered.HIGHEST_PRECEDENCE + 2;

  /// Before security, so that its patterns see one spelling of each path.
  public static final int TRAILING_SLASH = Ordered.HIGHEST_PRECEDENCE + 3;

  /// After security: a stranger gets 401 whatever the body.
  public static final int BODY_BOUND = 0;

  private FilterOrder() {}
}
