package io.sluice.worker.retry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How patient a worker is with one job.
///
/// @param maxRetries quick tries inside the job after the first
/// @param quickDelay mean wait before the first quick try; doubled for each further one
/// @param roundsBeforeParking rounds, each with its quick tries, before the job is parked; it is tried on all the same
/// @param roundDelay longest wait after the first round; doubled for each further one
/// @param longestRoundDelay and never longer than this
/// @param awayDelay longest wait of a job put off because something it needs is away
/// @param lossAfter how long a store must lack what it confirmed before that counts as lost
/// @param heldDelay longest wait of a removal while nothing may be removed
@ConfigurationProperties("sluice.worker")
public record RetrySettings(
    @DefaultValue("3") int maxRetries,
    @DefaultValue("50ms") Duration quickDelay,
    @DefaultValue("5") int roundsBeforeParking,
    @DefaultValue("1s") Duration roundDelay,
    @DefaultValue("15m") Duration longestRoundDelay,
    @DefaultValue("3s") Duration awayDelay,
    @DefaultValue("5m") Duration lossAfter,
    @DefaultValue("30s") Duration heldDelay) {

  public RetrySettings {
    range("max-retries", maxRetries, 0, 20);
    range("quick-delay", quickDelay, Duration.ZERO, Duration.ofSeconds(5));
    range("rounds-before-parking", roundsBeforeParking, 1, 10_000);
    range("round-delay", roundDelay, Duration.ZERO, Duration.ofHours(1));
    range("longest-round-delay", longestRoundDelay, roundDelay, Duration.ofHours(24));
    range("away-delay", awayDelay, Duration.ZERO, Duration.ofMinutes(5));
    range("loss-after", lossAfter, Duration.ZERO, Duration.ofHours(24));
    range("held-delay", heldDelay, Duration.ZERO, Duration.ofMinutes(5));
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.worker." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
