package io.sluice.gateway.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Bounds every body that is not the bytes of a file.
@Component
@Order(FilterOrder.BODY_BOUND)
final class BodyBoundFilter extends OncePerRequestFilter {

  static final long MAX_BYTES = 1L << 20;

  private final RequestMatcher takesBytes =
      new OrRequestMatcher(
          List.of(
              matcher(HttpMethod.PUT, "/v1/uploads/{upload_id}/chunks/{chunk_index}"),
              matcher(HttpMethod.POST, "/v1/files"),
              matcher(HttpMethod.POST, "/v1/files/batch")));

  private static RequestMatcher matcher(HttpMethod method, String path) {
    return PathPatternRequestMatcher.withDefaults().matcher(method, path);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getMethod().equals("GET") || takesBytes.matches(request);
  }

  /// The announced length is only compared where the body is read, so that a request that is wrong in
  /// some other way gets the answer that says so.
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new BoundedRequest(request, MAX_BYTES), response);
  }
}
