package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.UploadFact;
import java.util.List;

/// The counters of an upload are what its chunks say, and a COMPLETED one has all of them.
final class CountersAddUp implements Invariant {

  @Override
  public String name() {
    return "counters-add-up";
  }

  @Override
  public String sentence() {
    return "The counters of an upload are what its chunks say, and a COMPLETED one has all of them.";
  }

  @Override
  public void check(World world, Findings findings) {
    for (UploadFact upload : world.database().uploads().values()) {
      if (upload.isGone() || upload.totalChunks() == null) {
        continue;
      }
      findings.looked();
      List<ChunkFact> chunks = world.database().chunksOf(upload.id());
      boolean pruned = upload.isCompleted() && chunks.isEmpty();
      long stored = chunks.stream().filter(ChunkFact::isStored).count();
      if (!pruned && stored != upload.storedChunks()) {
        findings.violated(
            upload.id(), "counts %d stored chunks and has %d", upload.storedChunks(), stored);
      }
      if (upload.isCompleted() && upload.storedChunks() != upload.totalChunks()) {
        findings.violated(
            upload.id(),
            "is COMPLETED with %d of %d chunks",
            upload.storedChunks(),
            upload.totalChunks());
      }
    }
  }
}
