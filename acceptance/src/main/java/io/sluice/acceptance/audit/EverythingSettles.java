package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.UploadFact;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// When all is quiet every upload is terminal or waits for its client: nothing COMPLETING, nothing staged that could be stored.
final class EverythingSettles implements Invariant {

  @Override
  public String name() {
    return "everything-settles";
  }

  @Override
  public String sentence() {
    return "When all is quiet every upload is terminal or waits for its client: nothing COMPLETING, nothing staged that could be stored.";
  }

  @Override
  public void check(World world, Findings findings) {
    for (UploadFact upload : world.database().uploads().values()) {
      findings.looked();
      List<ChunkFact> chunks = world.database().chunksOf(upload.id());
      if (upload.status().equals("COMPLETING")) {
        findings.violated(upload.id(), "is still COMPLETING; its chunks: %s", chunks);
      } else if (upload.status().equals("IN_PROGRESS")) {
        checkParts(upload, chunks, findings);
      }
    }
  }

  private static void checkParts(UploadFact upload, List<ChunkFact> chunks, Findings findings) {
    if (upload.totalChunks() == null) {
      return;
    }
    int total = upload.totalChunks();
    Map<Integer, List<ChunkFact>> parts =
        chunks.stream()
            .collect(Collectors.groupingBy(chunk -> chunk.chunkIndex() / upload.chunksPerPart()));
    parts.forEach((part, members) -> {
      int expected = Math.min(upload.chunksPerPart(), total - part * upload.chunksPerPart());
      boolean whole =
          members.size() == expected
              && members.stream().allMatch(m -> m.isStaged() || m.isStored());
      if (whole && members.stream().anyMatch(ChunkFact::isStaged)) {
        findings.violated(upload.id(), "part %d could be stored: %s", part, members);
      }
    });
    if (upload.autoComplete() && upload.storedChunks() == total) {
      findings.violated(upload.id(), "completes itself, has all chunks and is IN_PROGRESS");
    }
  }
}
