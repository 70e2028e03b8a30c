package io.sluice.gateway.body;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How slow a body may be, one that is received or one that is sent.
///
/// @param slowestBytesPerSecond on average since its begin; 0 means as slow as it likes
/// @param patienceSeconds before that is judged
@ConfigurationProperties("sluice.body")
record BodySettings(
    @DefaultValue("1024") long slowestBytesPerSecond, @DefaultValue("30") long patienceSeconds) {

  BodySettings {
    if (slowestBytesPerSecond < 0) {
      throw new IllegalArgumentException("sluice.body.slowest-bytes-per-second is negative");
    }
    if (patienceSeconds < 0) {
      throw new IllegalArgumentException("sluice.body.patience-seconds is negative");
    }
  }
}
