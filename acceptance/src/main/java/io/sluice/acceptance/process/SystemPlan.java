package io.sluice.acceptance.process;

import java.util.HashMap;
import java.util.Map;

/// What to start.
///
/// @param environment of every service, by plain environment names
public record SystemPlan(
    int gateways, int workers, int reapers, StoreKind store, Map<String, String> environment) {

  /// How long bytes without an owner may lie.
  public static final long GRACE_SECONDS = 60;

  /// As short as the product allows, so that what takes minutes in production takes seconds here.
  private static final Map<String, String> SHORT_TIMES =
      Map.of(
          "SLUICE_KAFKA_HEAVY_LOCK", "15s",
          "SLUICE_KAFKA_LIGHT_LOCK", "15s",
          "CLEANUP_INTERVAL_SECONDS", "5",
          "COMMIT_WINDOW_SECONDS", "10",
          "ORPHAN_GRACE_SECONDS", Long.toString(GRACE_SECONDS / 2),
          "STAGING_MIN_FREE_BYTES", "1048576");

  public SystemPlan {
    environment = Map.copyOf(environment);
  }

  /// Two gateways, two workers, one reaper.
  public static SystemPlan small(StoreKind store) {
    return new SystemPlan(2, 2, 1, store, SHORT_TIMES);
  }

  /// The same with so many of each.
  public SystemPlan fleet(int gateways, int workers, int reapers) {
    return new SystemPlan(gateways, workers, reapers, store, environment);
  }

  /// The same with another setting.
  public SystemPlan with(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new SystemPlan(gateways, workers, reapers, store, changed);
  }
}
