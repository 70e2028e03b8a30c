package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent.ChunkAcknowledged;
import java.util.Set;
import java.util.stream.Collectors;

/// No chunk is acknowledged for two different contents.
final class AcknowledgedChunksAreImmutable implements Invariant {

  @Override
  public String name() {
    return "acknowledged-chunks-are-immutable";
  }

  @Override
  public String sentence() {
    return "No chunk is acknowledged for two different contents.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .chunks()
        .forEach((uploadId, chunks) ->
            chunks.forEach((index, acknowledgements) -> {
              findings.looked();
              Set<Digest> contents =
                  acknowledgements.stream()
                      .map(ChunkAcknowledged::bytes)
                      .collect(Collectors.toSet());
              if (contents.size() > 1) {
                findings.violated(uploadId + "/" + index, "was acknowledged for %s", contents);
              }
            }));
  }
}
