package io.sluice.reaper.schedule;

import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import io.sluice.reaper.schedule.LoopMetrics.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one step again and again, for as long as this process leads it and nobody stops it. Nothing that a
/// run throws ends the loop.
final class Loop {

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /// A slow loop rests at least so many times as long as it ran, however much there is to look at.
  private static final int LEAST_REST = 10;

  /// The slow loops leave a start in peace.
  private static final Duration LONGEST_FIRST_WAIT = Duration.ofSeconds(5);

  private final Step step;
  private final Duration interval;
  private final Leadership leadership;
  private final RepairMetrics repairs;
  private final LoopMetrics metrics;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  Loop(
      Step step,
      Duration interval,
      Leadership leadership,
      RepairMetrics repairs,
      LoopMetrics metrics) {
    this.step = step;
    this.interval = interval;
    this.leadership = leadership;
    this.repairs = repairs;
    this.metrics = metrics;
    this.thread = Thread.ofVirtual().name("reaper-" + name().wire()).unstarted(this::loop);
  }

  StepName name() {
    return step.name();
  }

  void start() {
    thread.start();
  }

  /// Takes no further batch.
  void askToStop() {
    stopped.countDown();
  }

  /// Waits for the batch in hand, then interrupts it.
  void awaitStop(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
      thread.join();
    }
  }

  private void loop() {
    boolean slow = interval.compareTo(LONGEST_FIRST_WAIT) > 0;
    Duration wait = slow ? LONGEST_FIRST_WAIT : interval;
    try {
      while (!stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        Duration rest = runOnce().multipliedBy(LEAST_REST);
        wait = slow && rest.compareTo(interval) > 0 ? rest : interval;
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("loop", name().wire()).log("loop interrupted");
    }
  }

  /// How long it took.
  private Duration runOnce() {
    long began = System.nanoTime();
    try {
      if (!leadership.lead(name())) {
        metrics.ran(Outcome.ELSEWHERE);
        return Duration.ZERO;
      }
      Run run = new Run(() -> stopped.getCount() > 0 && leadership.stillLeads(name()), repairs);
      step.run(run);
      metrics.ran(Outcome.DONE);
      if (!run.counts().isEmpty()) {
        LOG.atInfo()
            .addKeyValue("loop", name().wire())
            .addKeyValue("repairs", run.counts())
            .log("repaired");
      }
    } catch (Exception e) {
      metrics.ran(Outcome.FAILED);
      LOG.atWarn().addKeyValue("loop", name().wire()).setCause(e).log("run failed");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    metrics.time().record(took);
    return took;
  }
}
