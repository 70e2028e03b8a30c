package io.sluice.gateway.download;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How bytes are given out.
///
/// @param redirect whether clients are sent to the store for them, unless they say otherwise
/// @param linkSeconds how long the store honours a link
/// @param checkBeyondBytes how much of a chunk outside a range is read to check what lies inside
@ConfigurationProperties("sluice.download")
record DownloadSettings(
    @DefaultValue("false") boolean redirect,
    @DefaultValue("300") int linkSeconds,
    @DefaultValue("67108864") long checkBeyondBytes) {

  /// The longest that S3 allows: seven days.
  private static final int MOST_SECONDS = 7 * 86_400;

  DownloadSettings {
    if (linkSeconds < 1 || linkSeconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "sluice.download.link-seconds is %d, must be 1 to %d"
              .formatted(linkSeconds, MOST_SECONDS));
    }
    if (checkBeyondBytes < 0) {
      throw new IllegalArgumentException(
          "sluice.download.check-beyond-bytes is %d, must not be negative"
              .formatted(checkBeyondBytes));
    }
  }

  Duration linkValidity() {
    return Duration.ofSeconds(linkSeconds);
  }
}
