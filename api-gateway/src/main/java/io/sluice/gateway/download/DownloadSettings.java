package io.sluice.gateway.download;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How bytes are given out.
///
/// @param redirect whether clients are sent to the store for them, unless they say otherwise
/// @param linkSeconds how long the store honours a link
@ConfigurationProperties("sluice.download")
record DownloadSettings(
    @DefaultValue("false") boolean redirect, @DefaultValue("300") int linkSeconds) {

  /// The longest that S3 allows: seven days.
  private static final int MOST_SECONDS = 7 * 86_400;

  DownloadSettings {
    if (linkSeconds < 1 || linkSeconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "sluice.download.link-seconds is %d, must be 1 to %d"
              .formatted(linkSeconds, MOST_SECONDS));
    }
  }

  Duration linkValidity() {
    return Duration.ofSeconds(linkSeconds);
  }
}
