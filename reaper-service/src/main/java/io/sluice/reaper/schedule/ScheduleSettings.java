package io.sluice.reaper.schedule;

import io.sluice.reaper.run.StepName;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often each loop runs.
///
/// @param cleanupEnabled whether anything is ended or removed by schedule; jobs are always looked after
/// @param cleanupIntervalSeconds between two runs of a loop that ends or removes
/// @param dispatchIntervalMillis between two looks for retries that are due
/// @param requeueIntervalSeconds between two looks for lost jobs
/// @param purgeIntervalSeconds between two looks for purges nobody asked for; never longer than the
///     cleanup interval
@ConfigurationProperties("sluice.reaper")
record ScheduleSettings(
    @DefaultValue("true") boolean cleanupEnabled,
    @DefaultValue("900") int cleanupIntervalSeconds,
    @DefaultValue("1000") int dispatchIntervalMillis,
    @DefaultValue("5") int requeueIntervalSeconds,
    @DefaultValue("10") int purgeIntervalSeconds) {

  ScheduleSettings {
    range("cleanup-interval-seconds", cleanupIntervalSeconds, 1, 7 * 86_400);
    range("dispatch-interval-millis", dispatchIntervalMillis, 10, 60_000);
    range("requeue-interval-seconds", requeueIntervalSeconds, 1, 3600);
    range("purge-interval-seconds", purgeIntervalSeconds, 1, 86_400);
  }

  boolean runs(StepName step) {
    return cleanupEnabled || step == StepName.DISPATCH || step == StepName.REQUEUE;
  }

  Duration interval(StepName step) {
    return switch (step) {
      case DISPATCH -> Duration.ofMillis(dispatchIntervalMillis);
      case REQUEUE -> Duration.ofSeconds(requeueIntervalSeconds);
      case PURGE -> Duration.ofSeconds(Math.min(purgeIntervalSeconds, cleanupIntervalSeconds));
      case EXPIRY, IDEMPOTENCY, PRUNE, STAGING_SWEEP, MULTIPART_SWEEP, OBJECT_SWEEP ->
          Duration.ofSeconds(cleanupIntervalSeconds);
    };
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "sluice.reaper." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
