package io.sluice.reaper.sweep;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long bytes without an owner are left alone, and how many go without being asked.
///
/// @param orphanGraceSeconds since the reaper saw them first, by the database's clock
/// @param unownedGraceSeconds the same for bytes of an upload that no row knows; counts as the former if
///     it is shorter
/// @param sweepMostObjects that one pass may remove from one place
/// @param sweepMostPercent of what it saw there that it may remove, if that is more
/// @param cleanupIntervalSeconds between two passes
@ConfigurationProperties("sluice.reaper")
record SweepSettings(
    @DefaultValue("3600") int orphanGraceSeconds,
    @DefaultValue("604800") int unownedGraceSeconds,
    @DefaultValue("100") int sweepMostObjects,
    @DefaultValue("1") BigDecimal sweepMostPercent,
    @DefaultValue("900") int cleanupIntervalSeconds) {

  private static final int LEAST_CONFIRMATION_SECONDS = 3600;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /// How much later than its time the next pass may be and still count all of the time between.
  private static final Duration LATE = Duration.ofMinutes(5);

  SweepSettings {
    if (unownedGraceSeconds < 0) {
      throw new IllegalArgumentException("sluice.reaper.unowned-grace-seconds is negative");
    }
    if (sweepMostObjects < 0) {
      throw new IllegalArgumentException("sluice.reaper.sweep-most-objects is negative");
    }
    if (sweepMostPercent.signum() < 0 || sweepMostPercent.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException(
          "sluice.reaper.sweep-most-percent is " + sweepMostPercent + ", must be 0 to 100");
    }
  }

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

  /// The grace period of bytes whose upload no row knows.
  int unknownGraceSeconds() {
    return Math.max(orphanGraceSeconds, unownedGraceSeconds);
  }

  /// How long a confirmation counts: the next pass, and the one after it, come sooner.
  int confirmationSeconds() {
    return Math.max(LEAST_CONFIRMATION_SECONDS, 2 * cleanupIntervalSeconds);
  }

  /// Most entries that a pass may remove that saw so many.
  long mostRemoved(long seen) {
    long share =
        sweepMostPercent
            .multiply(BigDecimal.valueOf(seen))
            .divideToIntegralValue(HUNDRED)
            .longValueExact();
    return Math.max(sweepMostObjects, share);
  }

  /// Of the time between two looks at some bytes no more than this counts for their age.
  Duration longestBetweenLooks() {
    return Duration.ofSeconds(cleanupIntervalSeconds).plus(LATE);
  }
}
