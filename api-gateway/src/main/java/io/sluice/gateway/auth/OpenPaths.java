package io.sluice.gateway.auth;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// What anyone may ask.
final class OpenPaths {

  private static final List<String> PATTERNS =
      List.of(
          "/health",
          "/health/live",
          "/health/ready",
          "/version",
          "/metrics",
          "/v3/api-docs",
          "/docs",
          "/docs/**");

  static final RequestMatcher MATCHER =
      new OrRequestMatcher(
          Stream.concat(
                  PATTERNS.stream(),
                  PATTERNS.stream().filter(path -> !path.endsWith("**")).map(path -> path + "/"))
              .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
              .toList());

  private OpenPaths() {}
}
