package io.sluice.acceptance.audit;

import java.util.List;

/// What the check of one invariant gave.
///
/// @param looked how many things it was checked on
public record Outcome(String invariant, String sentence, long looked, List<Violation> violations) {

  public Outcome {
    violations = List.copyOf(violations);
  }
}
