package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.Completed;
import io.sluice.acceptance.history.HistoryEvent.DeleteSent;
import io.sluice.acceptance.history.HistoryEvent.FileAcknowledged;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file that a client was told is there, is there, with the size and digest it was told.
final class CompletedAnswersAreTrue implements Invariant {

  @Override
  public String name() {
    return "completed-answers-are-true";
  }

  @Override
  public String sentence() {
    return "A file that a client was told is there, is there, with the size and digest it was told.";
  }

  private static final Set<String> READABLE = Set.of("COMPLETED", "COMPLETING");

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .all(Completed.class)
        .forEach(said ->
            check(
                world,
                findings,
                said.uploadId(),
                Set.of("COMPLETED"),
                said.sizeBytes(),
                said.sha256()));
    world
        .promises()
        .all(FileAcknowledged.class)
        .forEach(said ->
            check(
                world,
                findings,
                said.uploadId(),
                READABLE,
                said.file().sizeBytes(),
                said.saidSha256()));
  }

  private static void check(
      World world,
      Findings findings,
      UUID uploadId,
      Set<String> states,
      long saidSizeBytes,
      @Nullable String saidSha256) {
    findings.looked();
    Optional<UploadFact> upload = world.upload(uploadId);
    if (upload.isEmpty()) {
      findings.violated(uploadId, "was acknowledged and has no row");
      return;
    }
    boolean deleted =
        upload.get().status().equals("DELETED")
            && world.promises().uploads(DeleteSent.class, DeleteSent::uploadId).contains(uploadId);
    if (!deleted && !states.contains(upload.get().status())) {
      findings.violated(uploadId, "was answered as a file and is %s", upload.get().status());
    }
    Digest expected = world.promises().expected(upload.get()).orElseThrow();
    if (saidSizeBytes != expected.sizeBytes()) {
      findings.violated(uploadId, "has %d bytes, said %d", expected.sizeBytes(), saidSizeBytes);
    }
    if (saidSha256 != null && !saidSha256.equals(expected.sha256())) {
      findings.violated(uploadId, "is %s, said %s", expected.sha256(), saidSha256);
    }
  }
}
