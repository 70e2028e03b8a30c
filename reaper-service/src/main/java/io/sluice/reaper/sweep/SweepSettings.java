package io.sluice.reaper.sweep;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long bytes without an owner are left alone.
///
/// @param orphanGraceSeconds since the reaper saw them first, by the database's clock
@ConfigurationProperties("sluice.reaper")
record SweepSettings(@DefaultValue("3600") int orphanGraceSeconds) {

  /// The gateway's side of the agreement.
  ///
  /// @param commitWindowSeconds how long after it began to stage bytes a gateway may still commit their
  ///     row
  @ConfigurationProperties("sluice.upload")
  record CommitWindow(@DefaultValue("1800") int commitWindowSeconds) {
    CommitWindow {
      if (commitWindowSeconds < 1) {
        throw new IllegalArgumentException("sluice.upload.commit-window-seconds is below 1");
      }
    }
  }

  /// Longer than any transaction may be open (`transaction_timeout` of every service).
  private static final int MARGIN_SECONDS = 20;

  /// The grace period, if it keeps the two apart.
  ///
  /// @throws IllegalArgumentException bytes could be acknowledged after they were swept
  int graceSeconds(CommitWindow window) {
    int least = window.commitWindowSeconds() + MARGIN_SECONDS;
    if (orphanGraceSeconds < least) {
      throw new IllegalArgumentException(
          ("sluice.reaper.orphan-grace-seconds is %d, must be %d or more:"
                  + " sluice.upload.commit-window-seconds and %d")
              .formatted(orphanGraceSeconds, least, MARGIN_SECONDS));
    }
    return orphanGraceSeconds;
  }
}
