package io.sluice.acceptance.facts;

import java.io.IOException;

/// What waits in the queue.
@FunctionalInterface
public interface WaitingJobs {

  /// Records that no worker has acknowledged, over all job topics.
  long count() throws IOException;
}
