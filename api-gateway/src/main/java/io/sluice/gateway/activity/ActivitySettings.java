package io.sluice.gateway.activity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long an upload lives without activity.
///
/// @param staleTtlSeconds an upload on which nothing happens for so long expires
@ConfigurationProperties("sluice.upload")
record ActivitySettings(@DefaultValue("86400") long staleTtlSeconds) {

  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

  /// How often expiry is put off.
  Duration interval() {
    Duration quarter = Duration.ofSeconds(staleTtlSeconds).dividedBy(4);
    return quarter.compareTo(USUAL_INTERVAL) < 0 ? quarter : USUAL_INTERVAL;
  }
}
