package io.sluice.acceptance.audit;

import java.util.List;

/// The outcome of an audit.
///
/// @param outcomes one for each invariant
public record Report(List<Outcome> outcomes) {

  private static final int SHOWN_VIOLATIONS = 20;

  public Report {
    outcomes = List.copyOf(outcomes);
  }

  /// Everything that is wrong.
  public List<Violation> violations() {
    return outcomes.stream().flatMap(outcome -> outcome.violations().stream()).toList();
  }

  /// Whether nothing is wrong.
  public boolean isClean() {
    return violations().isEmpty();
  }

  /// A table for people.
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append("%-40s %8s %10s%n".formatted("invariant", "checked", "violations"));
    for (Outcome outcome : outcomes) {
      table.append(
          "%-40s %8d %10d%n"
              .formatted(outcome.invariant(), outcome.looked(), outcome.violations().size()));
    }
    violations().stream()
        .limit(SHOWN_VIOLATIONS)
        .forEach(violation -> table.append("  ").append(violation).append('\n'));
    return table.toString();
  }
}
