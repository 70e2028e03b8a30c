package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.AbortSent;
import io.sluice.acceptance.history.HistoryEvent.DeleteSent;
import java.util.Optional;

/// Tells ends that somebody asked for from ends that are losses.
final class Ends {

  private Ends() {}

  /// Whether an upload is gone and its client, or the rules of the run, explain why.
  static boolean forAReason(World world, UploadFact upload) {
    return upload.isGone() && unexplained(world, upload).isEmpty();
  }

  /// Why a gone upload should not be gone; empty if it should, or is not gone.
  static Optional<String> unexplained(World world, UploadFact upload) {
    Promises promises = world.promises();
    boolean explained =
        switch (upload.status()) {
          // Of what a client can do wrong, the clients of a run do this.
          case "FAILED" ->
              promises.declaredWrongly(upload.id())
                  && "file_checksum_mismatch".equals(upload.endCode());
          case "ABORTED" ->
              promises.uploads(AbortSent.class, AbortSent::uploadId).contains(upload.id())
                  || world.rules().expiryAllowed()
                  // Of a request for a whole file that was never answered: nobody was promised
                  // anything.
                  || !promises.acknowledgedUploads().contains(upload.id());
          case "DELETED" ->
              promises.uploads(DeleteSent.class, DeleteSent::uploadId).contains(upload.id());
          default -> true;
        };
    return explained
        ? Optional.empty()
        : Optional.of(
            "is %s (%s) and nobody caused it".formatted(upload.status(), upload.endCode()));
  }
}
