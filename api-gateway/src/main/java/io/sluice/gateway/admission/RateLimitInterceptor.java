package io.sluice.gateway.admission;

import io.sluice.coordination.rate.RateDecision;
import io.sluice.coordination.rate.RateLimit;
import io.sluice.gateway.auth.Caller;
import io.sluice.model.problem.ThrottleReason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds every API key to its requests a minute, before a controller sees the request.
@Component
final class RateLimitInterceptor implements HandlerInterceptor {

  private final RateLimit rateLimit;
  private final Throttling throttling;
  private final AdmissionSettings settings;

  RateLimitInterceptor(RateLimit rateLimit, Throttling throttling, AdmissionSettings settings) {
    this.rateLimit = rateLimit;
    this.throttling = throttling;
    this.settings = settings;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (settings.apiRateLimitPerMinute() > 0
        && who != null
        && who.getPrincipal() instanceof Caller caller) {
      pass(caller);
    }
    return true;
  }

  private void pass(Caller caller) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMillis(settings.waitMillis()).toNanos();
    while (rateLimit.tryPass(caller.credentialId(), settings.apiRateLimitPerMinute())
        instanceof RateDecision.Exceeded(Duration retryAfter)) {
      // No sooner than that is there room, so a longer wait is not even begun.
      if (retryAfter.toNanos() > deadline - System.nanoTime()) {
        throw throttling.refuse(ThrottleReason.API_KEY_RATE_LIMIT, retryAfter).asProblem();
      }
      TimeUnit.NANOSECONDS.sleep(Math.max(1_000_000, retryAfter.toNanos()));
    }
  }
}
