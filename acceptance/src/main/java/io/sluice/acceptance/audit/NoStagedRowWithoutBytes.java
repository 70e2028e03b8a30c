package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.StagedFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Every STAGED row of a living upload has its bytes in staging, in full length.
final class NoStagedRowWithoutBytes implements Invariant {

  @Override
  public String name() {
    return "no-staged-row-without-bytes";
  }

  @Override
  public String sentence() {
    return "Every STAGED row of a living upload has its bytes in staging, in full length.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Map<String, Long> staged =
        world.staging().list().stream()
            .collect(Collectors.toMap(StagedFile::key, StagedFile::sizeBytes));
    for (List<ChunkFact> chunks : world.database().chunks().values()) {
      for (ChunkFact chunk : chunks) {
        boolean living = world.upload(chunk.uploadId()).filter(u -> !u.isGone()).isPresent();
        if (living && chunk.isStaged()) {
          findings.looked();
          Long size = staged.get(chunk.stagingKey());
          if (size == null || size != chunk.sizeBytes()) {
            findings.violated(
                chunk.uploadId() + "/" + chunk.chunkIndex(),
                "is STAGED with %d bytes and %s has %s",
                chunk.sizeBytes(),
                chunk.stagingKey(),
                size);
          }
        }
      }
    }
  }
}
