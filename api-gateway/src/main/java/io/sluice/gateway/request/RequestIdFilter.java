package io.sluice.gateway.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives every request its id, in the answer and in every log line on the way.
@Component
@Order(FilterOrder.REQUEST_ID)
final class RequestIdFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = RequestId.of(request);
    response.setHeader(RequestId.HEADER, id);
    try (MDC.MDCCloseable _ = MDC.putCloseable("request_id", id)) {
      chain.doFilter(request, response);
    }
  }
}
