package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.Aborted;
import io.sluice.acceptance.history.HistoryEvent.Completed;
import java.util.Set;
import java.util.UUID;

/// An upload whose abort was acknowledged is ABORTED and was never COMPLETED.
final class AbortsAreFinal implements Invariant {

  @Override
  public String name() {
    return "aborts-are-final";
  }

  @Override
  public String sentence() {
    return "An upload whose abort was acknowledged is ABORTED and was never COMPLETED.";
  }

  @Override
  public void check(World world, Findings findings) {
    Set<UUID> completed = world.promises().uploads(Completed.class, Completed::uploadId);
    for (UUID uploadId : world.promises().uploads(Aborted.class, Aborted::uploadId)) {
      findings.looked();
      String status = world.upload(uploadId).map(UploadFact::status).orElse("nowhere");
      if (!status.equals("ABORTED")) {
        findings.violated(uploadId, "was aborted and is %s", status);
      }
      if (completed.contains(uploadId)) {
        findings.violated(uploadId, "both its abort and its complete were acknowledged");
      }
    }
  }
}
