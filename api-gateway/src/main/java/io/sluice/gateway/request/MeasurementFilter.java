package io.sluice.gateway.request;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Measures every request as `http_request_duration_seconds{method,route,status_code}`.
@Component
@Order(FilterOrder.MEASUREMENT)
final class MeasurementFilter extends OncePerRequestFilter {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(120)
  };

  private final MeterRegistry meters;

  MeasurementFilter(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Timer.Sample sample = Timer.start(meters);
    int status = 0;
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      sample.stop(timer(request, status));
    }
  }

  private Timer timer(HttpServletRequest request, int status) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    return Timer.builder("http.request.duration")
        .description("Time to answer a request, its body included")
        .serviceLevelObjectives(BUCKETS)
        // Status 0: the connection was cut in the middle of the answer.
        .tags("method", method, "route", route(request), "status_code", Integer.toString(status))
        .register(meters);
  }

  /// The pattern, never the path: tags are a closed set.
  private static String route(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? "none" : pattern.toString();
  }
}
