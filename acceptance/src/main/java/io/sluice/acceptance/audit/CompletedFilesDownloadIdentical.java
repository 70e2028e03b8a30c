package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.Downloads.Answer;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Every COMPLETED file downloads whole and identical.
final class CompletedFilesDownloadIdentical implements Invariant {

  @Override
  public String name() {
    return "completed-files-download-identical";
  }

  @Override
  public String sentence() {
    return "Every COMPLETED file downloads whole and identical.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    List<UploadFact> completed = world.completed().toList();
    for (UploadFact upload : completed) {
      Optional<Digest> expected = world.promises().expected(upload);
      if (expected.isEmpty()) {
        continue;
      }
      findings.looked();
      Answer answer;
      try {
        answer = world.downloads().whole(upload);
      } catch (IOException cut) {
        findings.violated(upload.id(), "download was cut: %s", cut);
        continue;
      }
      if (answer.status() != 200 || !answer.sha256().equals(expected.get().sha256())) {
        findings.violated(upload.id(), "download answered %s, expected %s", answer, expected.get());
      }
    }
  }
}
