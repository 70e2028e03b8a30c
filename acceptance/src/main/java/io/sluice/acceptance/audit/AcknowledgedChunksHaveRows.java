package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.UploadFact;
import java.util.Optional;
import java.util.UUID;

/// Every acknowledged chunk has a row, STAGED or STORED, unless its upload ended for a reason.
final class AcknowledgedChunksHaveRows implements Invariant {

  @Override
  public String name() {
    return "acknowledged-chunks-have-rows";
  }

  @Override
  public String sentence() {
    return "Every acknowledged chunk has a row, STAGED or STORED, unless its upload ended for a reason.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .chunks()
        .forEach((uploadId, chunks) -> {
          for (int index : chunks.keySet()) {
            findings.looked();
            check(world, uploadId, index, findings);
          }
        });
  }

  private static void check(World world, UUID uploadId, int index, Findings findings) {
    Optional<UploadFact> upload = world.upload(uploadId);
    if (upload.isEmpty()) {
      findings.violated(uploadId + "/" + index, "was acknowledged and its upload has no row");
      return;
    }
    // The rows of a finished file may be pruned; its object is looked at elsewhere.
    boolean pruned = upload.get().isCompleted() && world.database().chunksOf(uploadId).isEmpty();
    if (pruned || Ends.forAReason(world, upload.get())) {
      return;
    }
    Optional<ChunkFact> chunk = world.database().chunk(uploadId, index);
    if (chunk.isEmpty()) {
      findings.violated(uploadId + "/" + index, "was acknowledged and has no row");
    } else if (!chunk.get().isStaged()
        && !chunk.get().isStored()
        && !world.rules().bytesDestroyed()) {
      findings.violated(uploadId + "/" + index, "was acknowledged and is %s", chunk.get().status());
    }
  }
}
