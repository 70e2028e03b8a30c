package io.sluice.reaper.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// One run of a step: whether it may go on, and what it has put right so far. For one thread.
public final class Run {

  private final BooleanSupplier permission;
  private final RepairMetrics metrics;
  private final Map<Repair, Integer> counts;

  /// @param permission asked between batches; a no is final
  public Run(BooleanSupplier permission, RepairMetrics metrics) {
    this(permission, metrics, new EnumMap<>(Repair.class));
  }

  private Run(BooleanSupplier permission, RepairMetrics metrics, Map<Repair, Integer> counts) {
    this.permission = permission;
    this.metrics = metrics;
    this.counts = counts;
  }

  /// This run, with one more that must say yes before it goes on. What it puts right is counted for both.
  public Run onlyWhile(BooleanSupplier condition) {
    return new Run(() -> mayGoOn() && condition.getAsBoolean(), metrics, counts);
  }

  /// Whether there may be one more batch: nobody stops the process, the time is not over, and no other
  /// process has taken this work over. A yes may be out of date when it arrives; guarded statements make
  /// up for that.
  public boolean mayGoOn() {
    return permission.getAsBoolean();
  }

  /// Counts what was put right.
  public void repaired(Repair repair, int count) {
    if (count > 0) {
      counts.merge(repair, count, Integer::sum);
      metrics.add(repair, count);
    }
  }

  /// How often this run put something right.
  public int count(Repair repair) {
    return counts.getOrDefault(repair, 0);
  }

  /// Everything this run put right.
  public Map<Repair, Integer> counts() {
    return Map.copyOf(counts);
  }
}
