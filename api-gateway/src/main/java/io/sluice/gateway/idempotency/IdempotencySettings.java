package io.sluice.gateway.idempotency;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long keys live.
///
/// @param idempotencyTtlSeconds a key can be used for something else after so long
@ConfigurationProperties("sluice.upload")
record IdempotencySettings(@DefaultValue("86400") long idempotencyTtlSeconds) {

  IdempotencySettings {
    if (idempotencyTtlSeconds < 1 || idempotencyTtlSeconds > 10L * 366 * 86_400) {
      throw new IllegalArgumentException(
          "sluice.upload.idempotency-ttl-seconds is %d, must be 1 to ten years"
              .formatted(idempotencyTtlSeconds));
    }
  }
}
