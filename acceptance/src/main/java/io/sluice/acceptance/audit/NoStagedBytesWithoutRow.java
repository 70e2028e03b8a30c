package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.StagedFile;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// No bytes lie in staging without a row that still needs them, after the grace period.
final class NoStagedBytesWithoutRow implements Invariant {

  @Override
  public String name() {
    return "no-staged-bytes-without-row";
  }

  @Override
  public String sentence() {
    return "No bytes lie in staging without a row that still needs them, after the grace period.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Set<String> needed = new HashSet<>();
    world
        .database()
        .chunks()
        .values()
        .forEach(chunks ->
            chunks.stream()
                .filter(chunk -> isNeeded(world, chunk))
                .forEach(chunk -> needed.add(chunk.stagingKey())));
    for (StagedFile file : world.staging().list()) {
      findings.looked();
      if (!needed.contains(file.key()) && file.ageSeconds() > world.rules().graceSeconds()) {
        findings.violated(file.key(), "%s is needed by no row", file);
      }
    }
  }

  private static boolean isNeeded(World world, ChunkFact chunk) {
    Optional<UploadFact> upload = world.upload(chunk.uploadId());
    if (upload.isEmpty() || upload.get().isGone()) {
      return false;
    }
    // A file of one request is read from staging until its object is there.
    return !chunk.isStored()
        || (upload.get().origin().equals("ONE_REQUEST") && !upload.get().isCompleted());
  }
}
