package io.sluice.gateway.problem;

import io.sluice.gateway.request.FilterOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Does for filters, security among them, what [ProblemAdvice] does for controllers.
@Component
@Order(FilterOrder.PROBLEM)
final class ProblemFilter extends OncePerRequestFilter {

  private final Problems problems;

  ProblemFilter(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException | ServletException thrown) {
      if (response.isCommitted()) {
        throw thrown;
      }
      problems.answer(thrown, request, response);
    }
  }
}
