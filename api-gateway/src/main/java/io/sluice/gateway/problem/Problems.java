package io.sluice.gateway.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.request.RequestId;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/// Writes, counts and logs every refusal.
@Component
public final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final String COUNTED = Problems.class.getName();

  private final Map<ProblemCode, Counter> counters = new EnumMap<>(ProblemCode.class);

  Problems(MeterRegistry meters) {
    for (ProblemCode code : ProblemCode.values()) {
      counters.put(
          code,
          Counter.builder("problems")
              .description("Refusals by their code")
              .tag("code", code.wire())
              .register(meters));
    }
  }

  /// Answers with what an exception means.
  public void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(ProblemMapping.of(thrown), thrown, request, response);
  }

  /// Answers with a problem.
  public void answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answer(problem, null, request, response);
  }

  private void answer(
      Problem problem,
      @Nullable Throwable thrown,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    count(problem, thrown, request);
    if (response.isCommitted()) {
      if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
        // The server itself has refused, as it does with a body that is not what its head says.
        return;
      }
      // Half an answer is out. Only a cut connection is honest: a clean end would look like one.
      throw new IOException("the answer broke off", thrown);
    }
    response.resetBuffer();
    response.setStatus(problem.code().status());
    problem.headers().forEach(response::setHeader);
    String requestId = RequestId.of(request);
    response.setHeader(RequestId.HEADER, requestId);
    byte[] document = ProblemDocument.write(problem, requestId, uploadId(request));
    response.setContentType(ProblemDocument.MEDIA_TYPE);
    response.setContentLength(document.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(document);
    }
    // Before the rest of a refused body is read and thrown away: a client that is still sending
    // sees the answer now, and not a connection that ends under its hands.
    response.flushBuffer();
  }

  /// The problem for a status that somebody else chose.
  public static Problem forStatus(int status) {
    return ProblemMapping.byStatus(status);
  }

  /// Counts and logs a refusal that somebody else writes, unless it was counted before.
  public void count(Problem problem, HttpServletRequest request) {
    if (request.getAttribute(COUNTED) == null) {
      count(problem, null, request);
    }
  }

  private void count(Problem problem, @Nullable Throwable thrown, HttpServletRequest request) {
    request.setAttribute(COUNTED, true);
    Counter counter = counters.get(problem.code());
    if (counter != null) {
      counter.increment();
    }
    log(problem, thrown);
  }

  private static void log(Problem problem, @Nullable Throwable thrown) {
    int status = problem.code().status();
    Level level = status == 500 ? Level.ERROR : status > 500 ? Level.WARN : Level.DEBUG;
    LOG.atLevel(level)
        .setCause(thrown)
        .addKeyValue("error_code", problem.code().wire())
        .addKeyValue("detail", problem.detail())
        .log("request refused");
  }

  private static @Nullable String uploadId(HttpServletRequest request) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    if (variables instanceof Map<?, ?> map && map.get("upload_id") instanceof String text) {
      try {
        return UUID.fromString(text).toString();
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }
}
