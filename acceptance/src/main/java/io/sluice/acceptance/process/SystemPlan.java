package io.sluice.acceptance.process;

import java.util.HashMap;
import java.util.Map;

/// What to start.
///
/// @param settings of every service, by property name; a service takes those it knows
public record SystemPlan(
    int gateways, int workers, int reapers, StoreKind store, Map<String, String> settings) {

  /// How long a gateway may take from sealing its bytes to committing their row.
  private static final int COMMIT_WINDOW_SECONDS = 10;

  /// How long bytes without an owner may lie: the shortest that the commit window allows.
  public static final int ORPHAN_GRACE_SECONDS = COMMIT_WINDOW_SECONDS + 20;

  /// A share group's lock on a job, the shortest the product allows.
  public static final int LEASE_SECONDS = 15;

  /// As short as the product allows, so that what takes minutes in production takes seconds here.
  private static final Map<String, String> SHORT_TIMES =
      Map.ofEntries(
          Map.entry("sluice.kafka.heavy-lock", LEASE_SECONDS + "s"),
          Map.entry("sluice.kafka.light-lock", LEASE_SECONDS + "s"),
          Map.entry("sluice.worker.lease", "5s"),
          // What the store refused, and what was found damaged, is tried again within the run.
          Map.entry("sluice.worker.longest-round-delay", "5s"),
          Map.entry("sluice.worker.loss-after", "5s"),
          Map.entry("sluice.reaper.cleanup-interval-seconds", "1"),
          Map.entry("sluice.reaper.orphan-grace-seconds", Integer.toString(ORPHAN_GRACE_SECONDS)),
          Map.entry("sluice.reaper.unowned-grace-seconds", Integer.toString(ORPHAN_GRACE_SECONDS)),
          // A run leaves more without an owner than anybody would let go unasked.
          Map.entry("sluice.reaper.sweep-most-percent", "100"),
          Map.entry("sluice.upload.commit-window-seconds", Integer.toString(COMMIT_WINDOW_SECONDS)),
          Map.entry("sluice.staging.min-free-bytes", "16777216"));

  public SystemPlan {
    settings = Map.copyOf(settings);
  }

  /// Two gateways, two workers, one reaper.
  public static SystemPlan small(StoreKind store) {
    return new SystemPlan(2, 2, 1, store, SHORT_TIMES);
  }

  /// The same with so many of each.
  public SystemPlan fleet(int gateways, int workers, int reapers) {
    return new SystemPlan(gateways, workers, reapers, store, settings);
  }

  /// The same with another setting.
  public SystemPlan with(String property, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(property, value);
    return new SystemPlan(gateways, workers, reapers, store, changed);
  }
}
