package io.sluice.acceptance.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the violations of one invariant.
public final class Findings {

  private final String invariant;
  private final List<Violation> violations = new ArrayList<>();
  private long looked;

  Findings(String invariant) {
    this.invariant = invariant;
  }

  /// Counts a thing that was looked at, so that a report shows what was checked on nothing.
  public void looked() {
    looked++;
  }

  /// Reports a violation.
  ///
  /// @param detail a format for the arguments
  // The annotation would be all that this module takes from the checker's library.
  @SuppressWarnings("AnnotateFormatMethod")
  public void violated(Object subject, String detail, @Nullable Object... arguments) {
    violations.add(new Violation(invariant, subject.toString(), detail.formatted(arguments)));
  }

  /// What was found.
  Outcome outcome(String sentence) {
    return new Outcome(invariant, sentence, looked, List.copyOf(violations));
  }
}
