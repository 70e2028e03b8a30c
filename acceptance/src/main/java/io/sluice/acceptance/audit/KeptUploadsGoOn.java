package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.AbortSent;
import io.sluice.acceptance.history.HistoryEvent.DeleteSent;
import io.sluice.acceptance.history.HistoryEvent.FileAcknowledged;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// No upload whose client kept its side is FAILED, ABORTED or purged. What the services think happened does not count:
/// bytes were acknowledged, nobody asked for their end, and the declared checksum is right.
final class KeptUploadsGoOn implements Invariant {

  private static final Set<String> ENDED = Set.of("FAILED", "ABORTED", "DELETED");

  @Override
  public String name() {
    return "kept-uploads-go-on";
  }

  @Override
  public String sentence() {
    return "No upload whose client kept its side is FAILED, ABORTED or purged.";
  }

  @Override
  public void check(World world, Findings findings) {
    Promises promises = world.promises();
    Set<UUID> kept = new HashSet<>(promises.chunks().keySet());
    kept.addAll(promises.uploads(FileAcknowledged.class, FileAcknowledged::uploadId));
    kept.removeAll(promises.uploads(AbortSent.class, AbortSent::uploadId));
    kept.removeAll(promises.uploads(DeleteSent.class, DeleteSent::uploadId));
    kept.removeIf(promises::declaredWrongly);
    for (UUID uploadId : kept) {
      findings.looked();
      // One without a row is another invariant's.
      Optional<UploadFact> upload = world.upload(uploadId);
      upload
          .filter(row -> (ENDED.contains(row.status()) || row.purged()) && !mayExpire(world, row))
          .ifPresent(row ->
              findings.violated(
                  uploadId,
                  "its client kept its side and it is %s (%s)%s",
                  row.status(),
                  row.endCode(),
                  row.purged() ? ", purged" : ""));
    }
  }

  private static boolean mayExpire(World world, UploadFact upload) {
    return world.rules().expiryAllowed() && upload.status().equals("ABORTED");
  }
}
