package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.HistoryEvent.Downloaded;

/// A download that came to a clean end during the run gave the right bytes.
final class CleanDownloadsWereRight implements Invariant {

  @Override
  public String name() {
    return "clean-downloads-were-right";
  }

  @Override
  public String sentence() {
    return "A download that came to a clean end during the run gave the right bytes.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .all(Downloaded.class)
        .forEach(download -> {
          findings.looked();
          if (!download.sha256().equals(download.expectedSha256())) {
            findings.violated(download.uploadId(), "a client received %s", download);
          }
        });
  }
}
