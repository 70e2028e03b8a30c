package io.sluice.acceptance.workload;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what clients did and met, by name.
public final class Tally {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /// Adds to a count.
  public void add(String name, long amount) {
    counts.computeIfAbsent(name, key -> new LongAdder()).add(amount);
  }

  /// Counts one.
  public void count(String name) {
    add(name, 1);
  }

  /// A count.
  public long get(String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  /// All counts, by name.
  public Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }
}
