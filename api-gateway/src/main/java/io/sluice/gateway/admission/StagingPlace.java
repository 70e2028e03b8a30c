package io.sluice.gateway.admission;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Lets no byte into a staging place that is away or somebody else's: it would be acknowledged and lost.
/// The operator is told why by the log and by `/health/ready`, the client only that it should come again.
@Component
public final class StagingPlace {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final PlaceGuard guard;

  StagingPlace(PlaceGuard guard) {
    this.guard = guard;
  }

  /// To be asked before bytes are staged.
  ///
  /// @throws ProblemException 503
  public void check() {
    if (guard.trouble(PlaceKind.STAGING).isPresent()) {
      throw new ProblemException(
          new Problem(ProblemCode.SERVICE_UNAVAILABLE, "Nothing can be taken in just now.")
              .retryAfter(RETRY_AFTER));
    }
  }
}
