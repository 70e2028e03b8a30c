package io.sluice.model.problem;

import java.util.Locale;

/// Why a request was answered 429; the value of `X-RateLimit-Reason` and of the metric tag `reason`.
public enum ThrottleReason {
  UPLOAD_INFLIGHT_LIMIT,
  UPLOAD_FAIR_SHARE_LIMIT,
  GLOBAL_INFLIGHT_LIMIT,
  QUEUE_FULL,
  API_KEY_RATE_LIMIT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
