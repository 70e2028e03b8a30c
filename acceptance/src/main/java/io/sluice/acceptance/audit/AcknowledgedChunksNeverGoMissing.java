package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.ClientHistory;
import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryEvent.ChunkAcknowledged;
import io.sluice.acceptance.history.HistoryEvent.MissingListed;
import java.util.HashSet;
import java.util.Set;

/// A chunk that was acknowledged is never listed as missing afterwards.
final class AcknowledgedChunksNeverGoMissing implements Invariant {

  @Override
  public String name() {
    return "acknowledged-chunks-never-go-missing";
  }

  @Override
  public String sentence() {
    return "A chunk that was acknowledged is never listed as missing afterwards.";
  }

  @Override
  public void check(World world, Findings findings) {
    if (world.rules().bytesDestroyed() || world.rules().bytesHidden()) {
      return;
    }
    for (ClientHistory client : world.promises().clients()) {
      Set<String> acknowledged = new HashSet<>();
      for (HistoryEvent event : client.events()) {
        if (event instanceof ChunkAcknowledged chunk) {
          acknowledged.add(chunk.uploadId() + "/" + chunk.chunkIndex());
        } else if (event instanceof MissingListed missing) {
          findings.looked();
          for (int index : missing.chunkIndexes()) {
            String chunk = missing.uploadId() + "/" + index;
            if (acknowledged.contains(chunk)) {
              findings.violated(chunk, "%s was told it is missing", client.client());
            }
          }
        }
      }
    }
  }
}
