package io.sluice.acceptance.torture;

import io.sluice.acceptance.audit.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a torture run did and found.
///
/// @param foundDead processes that had ended by themselves
/// @param untilQuiet from healing until nothing moved
/// @param storeTimes from a chunk's acknowledgement to its being stored
/// @param first the audit as the faults left things
/// @param second the audit after the clients came back for what they left
/// @param storeFaults what the S3 proxy did, by operation and kind
public record TortureResult(
    long seed,
    List<FaultStorm.Strike> strikes,
    Map<String, Long> tally,
    List<String> foundDead,
    Duration untilQuiet,
    StoreTimes storeTimes,
    Report first,
    Report second,
    Map<String, Integer> storeFaults) {

  /// Whether every promise was kept.
  public boolean isClean() {
    return first.isClean() && second.isClean() && foundDead.isEmpty();
  }

  /// A table for people.
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append("\nFaults that struck\n");
    Map<String, long[]> byName = new TreeMap<>();
    for (FaultStorm.Strike strike : strikes) {
      long[] sums = byName.computeIfAbsent(strike.fault(), name -> new long[2]);
      sums[0]++;
      sums[1] += strike.lasted().toMillis();
    }
    byName.forEach((name, sums) ->
        table.append("  %-28s %4d times, %6.1f s%n".formatted(name, sums[0], sums[1] / 1000.0)));
    table.append("\nWhat clients did and met\n");
    tally.forEach((name, count) -> table.append("  %-28s %12d%n".formatted(name, count)));
    if (!storeFaults.isEmpty()) {
      table.append("\nRequests to S3 and what became of them\n");
      storeFaults.forEach((name, count) -> table.append("  %-44s %8d%n".formatted(name, count)));
    }
    table.append("\nFrom acknowledged to stored: ").append(storeTimes).append('\n');
    table.append("Quiet %.1f s after the last fault\n".formatted(untilQuiet.toMillis() / 1000.0));
    foundDead.forEach(name -> table.append("%s had ended by itself%n".formatted(name)));
    table.append("\nAudit after the faults\n").append(first.table());
    table.append("\nAudit after the clients came back\n").append(second.table());
    table.append(
        isClean()
            ? "\nEvery promise was kept. Seed %d.%n".formatted(seed)
            : "\n%d violations. Replay with --seed %d%n"
                .formatted(
                    first.violations().size() + second.violations().size() + foundDead.size(),
                    seed));
    return table.toString();
  }
}
