package io.sluice.gateway.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// Turns whatever a controller throws, or whatever keeps a request from its controller, into a problem.
@ControllerAdvice
final class ProblemAdvice {

  private final Problems problems;

  ProblemAdvice(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler(Exception.class)
  void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problems.answer(thrown, request, response);
  }
}
