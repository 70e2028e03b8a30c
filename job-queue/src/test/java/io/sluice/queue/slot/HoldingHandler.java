package io.sluice.queue.slot;

import io.sluice.model.job.Job;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Holds one job until it is let go, and records all.
final class HoldingHandler implements JobHandler {

  private final RecordingHandler recording = new RecordingHandler();
  private final Job held;
  private final CountDownLatch released = new CountDownLatch(1);
  private final Set<Job> holding = ConcurrentHashMap.newKeySet();

  HoldingHandler(Job held) {
    this.held = held;
  }

  @Override
  public List<JobOutcome> handle(List<DeliveredJob> batch) throws InterruptedException {
    if (batch.stream().anyMatch(delivered -> delivered.job().equals(held))) {
      holding.add(held);
      if (!released.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let the job go");
      }
    }
    return recording.handle(batch);
  }

  boolean holding() {
    return !holding.isEmpty();
  }

  void release() {
    released.countDown();
  }

  RecordingHandler done() {
    return recording;
  }
}
