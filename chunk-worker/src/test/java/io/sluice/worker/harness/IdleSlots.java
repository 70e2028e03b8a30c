package io.sluice.worker.harness;

import io.sluice.model.job.Lane;
import io.sluice.queue.slot.JobSlots;
import java.util.EnumSet;
import java.util.Set;

/// Slots that never take a job: the test delivers. They remember whether they were paused.
public final class IdleSlots implements JobSlots {

  private final Set<Lane> paused = EnumSet.noneOf(Lane.class);
  private boolean running;

  @Override
  public synchronized void pause(Lane lane) {
    paused.add(lane);
  }

  @Override
  public synchronized void resume(Lane lane) {
    paused.remove(lane);
  }

  @Override
  public synchronized boolean paused(Lane lane) {
    return paused.contains(lane);
  }

  @Override
  public void setActiveHeavySlots(int count) {}

  @Override
  public int activeHeavySlots() {
    return 0;
  }

  @Override
  public int busySlots(Lane lane) {
    return 0;
  }

  @Override
  public long handedBack() {
    return 0;
  }

  @Override
  public long failedAcknowledgements() {
    return 0;
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }
}
