package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// The body of a confirmation as it came.
///
/// @param wouldRemove the number that whoever confirms has seen
record ConfirmRequest(@Nullable Long wouldRemove) {

  /// @throws ProblemException 422: it is missing
  long checked() {
    if (wouldRemove == null) {
      throw ProblemException.invalid("would_remove", "is missing");
    }
    return wouldRemove;
  }
}
