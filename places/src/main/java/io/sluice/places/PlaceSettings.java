package io.sluice.places;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often places are looked at.
///
/// @param lookEvery a directory, and whatever is in trouble
/// @param lookEveryRemote a bucket that is well
/// @param moveEvery how long a generation stays the same
/// @param patience the longest that anybody waits for a place to say whose it is
@ConfigurationProperties("sluice.places")
record PlaceSettings(
    @DefaultValue("2s") Duration lookEvery,
    @DefaultValue("15s") Duration lookEveryRemote,
    @DefaultValue("60s") Duration moveEvery,
    @DefaultValue("5s") Duration patience) {

  private static final Duration LEAST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofMinutes(5);

  PlaceSettings {
    check("look-every", lookEvery);
    check("look-every-remote", lookEveryRemote);
    check("move-every", moveEvery);
    check("patience", patience);
  }

  private static void check(String name, Duration value) {
    if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "sluice.places.%s must be between 50ms and 5m, is %s".formatted(name, value));
    }
  }
}
