package io.sluice.gateway.file;

import io.sluice.gateway.admission.Admission;
import io.sluice.gateway.admission.ChunkAdmission;
import io.sluice.gateway.admission.StagingPlace;
import io.sluice.gateway.problem.ProblemException;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// Lets files in by the limits that chunks have: a request that carries a file, or a batch of them, counts
/// as one chunk request of an upload of its own. Nothing of its body is read before.
@Component
final class FileAdmission {

  private final ChunkAdmission admission;
  private final StagingPlace place;

  FileAdmission(ChunkAdmission admission, StagingPlace place) {
    this.admission = admission;
    this.place = place;
  }

  /// Admits a request, if need be after a wait.
  ///
  /// @param announcedBytes of its body, -1 if it does not say
  /// @throws ProblemException 429; 503: staging is not there
  /// @throws io.sluice.storage.staging.StagingFullException staging has no room for so much
  Admission.Permit enter(long announcedBytes) throws IOException, InterruptedException {
    place.checkRoom(Math.max(0, announcedBytes));
    return switch (admission.enterFile()) {
      case Admission.Refused refused -> throw refused.asProblem();
      case Admission.Admitted(Admission.Permit permit) -> permit;
    };
  }
}
