package io.sluice.worker.scale;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether and how the number of heavy jobs at once follows what the store can take.
///
/// @param slots heavy jobs at once without it
/// @param autoscaleEnabled whether the number moves between the next two
/// @param minSlots never fewer
/// @param maxSlots never more
/// @param autoscaleCooldownSeconds no more slots so soon after there had to be fewer
/// @param scaleUpQueueThreshold no more slots unless so many jobs wait
/// @param scaleUpUtilizationThreshold no more slots unless this share is busy
/// @param scaleDownUtilizationThreshold fewer slots when less than this share is busy
/// @param scaleWindow how long puts are gathered for one decision
@ConfigurationProperties("sluice.worker")
public record ScaleSettings(
    @DefaultValue("16") int slots,
    @DefaultValue("false") boolean autoscaleEnabled,
    @DefaultValue("8") int minSlots,
    @DefaultValue("32") int maxSlots,
    @DefaultValue("15") int autoscaleCooldownSeconds,
    @DefaultValue("1") int scaleUpQueueThreshold,
    @DefaultValue("0.8") double scaleUpUtilizationThreshold,
    @DefaultValue("0.2") double scaleDownUtilizationThreshold,
    @DefaultValue("500ms") Duration scaleWindow) {

  public ScaleSettings {
    range("slots", slots, 1, 512);
    range("max-slots", maxSlots, 1, 512);
    range("min-slots", minSlots, 1, maxSlots);
    range("autoscale-cooldown-seconds", autoscaleCooldownSeconds, 0, 3600);
    range("scale-up-queue-threshold", scaleUpQueueThreshold, 0, Integer.MAX_VALUE);
    range("scale-up-utilization-threshold", scaleUpUtilizationThreshold, 0.0, 1.0);
    range(
        "scale-down-utilization-threshold",
        scaleDownUtilizationThreshold,
        0.0,
        scaleUpUtilizationThreshold);
    range("scale-window", scaleWindow, Duration.ofMillis(50), Duration.ofMinutes(1));
  }

  /// Slots to make at the start.
  public int slotsMade() {
    return autoscaleEnabled ? maxSlots : slots;
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.worker." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
