package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.Downloads.Answer;
import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.ChunkAcknowledged;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Every COMPLETED file downloads identical by range: each range that was a chunk is that chunk.
final class CompletedRangesDownloadIdentical implements Invariant {

  @Override
  public String name() {
    return "completed-ranges-download-identical";
  }

  @Override
  public String sentence() {
    return "Every COMPLETED file downloads identical by range: each range that was a chunk is that chunk.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    List<UploadFact> completed = world.completed().toList();
    for (UploadFact upload : completed) {
      Map<Integer, List<ChunkAcknowledged>> chunks =
          world.promises().chunks().getOrDefault(upload.id(), Map.of());
      for (int index : sample(chunks)) {
        findings.looked();
        check(
            world,
            upload,
            index,
            chunks.getOrDefault(index, List.of()).getFirst().bytes(),
            findings);
      }
    }
  }

  private static void check(
      World world, UploadFact upload, int index, Digest expected, Findings findings) {
    String subject = upload.id() + "/" + index;
    try {
      Answer answer =
          world.downloads().range(upload, index * upload.chunkSizeBytes(), expected.sizeBytes());
      if (answer.status() != 206 || !answer.sha256().equals(expected.sha256())) {
        findings.violated(subject, "range answered %s, expected %s", answer, expected);
      }
    } catch (IOException cut) {
      findings.violated(subject, "range was cut: %s", cut);
    }
  }

  /// The first, the middle and the last: where cutting and joining go wrong.
  private static SortedSet<Integer> sample(Map<Integer, List<ChunkAcknowledged>> chunks) {
    SortedSet<Integer> all = new TreeSet<>(chunks.keySet());
    if (all.size() <= 3) {
      return all;
    }
    int middle = List.copyOf(all).get(all.size() / 2);
    return new TreeSet<>(List.of(all.first(), middle, all.last()));
  }
}
