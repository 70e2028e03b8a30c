package io.sluice.reaper.expiry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// From when on a pause between two looks counts as one in which nobody was there.
///
/// @param cleanupIntervalSeconds between two looks
@ConfigurationProperties("sluice.reaper")
record ExpirySettings(@DefaultValue("900") int cleanupIntervalSeconds) {

  /// How much later than its time the next look may be.
  private static final Duration LATE = Duration.ofMinutes(5);

  Duration longestBetweenLooks() {
    return Duration.ofSeconds(cleanupIntervalSeconds).plus(LATE);
  }
}
