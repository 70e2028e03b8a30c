package io.sluice.acceptance.audit;

import java.io.IOException;

/// When all is quiet no job waits in Kafka.
final class TheQueueIsEmpty implements Invariant {

  @Override
  public String name() {
    return "the-queue-is-empty";
  }

  @Override
  public String sentence() {
    return "When all is quiet no job waits in Kafka.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    findings.looked();
    long waiting = world.waitingJobs().count();
    if (waiting != 0) {
      findings.violated("job topics", "%d records are not acknowledged", waiting);
    }
  }
}
