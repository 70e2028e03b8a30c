package io.sluice.worker.lag;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.QueueBacklog;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// `task_queue_depth` and `task_queue_drain_seconds`: jobs waiting in both lanes, and how long they would
/// take at the speed at which this worker stored chunks lately.
///
/// Kafka is asked in the background, so that reading the metrics never waits for it; while it does not
/// answer the last figure stands.
@Component
final class QueueGauges implements SmartLifecycle {

  private static final long INTERVAL_SECONDS = 5;

  private final QueueBacklog backlog;
  private final MeterRegistry meters;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long depth;
  private volatile double drainSeconds;
  private volatile boolean running;
  private double storedBefore;

  QueueGauges(QueueBacklog backlog, MeterRegistry meters) {
    this.backlog = backlog;
    this.meters = meters;
    Gauge.builder("task_queue_depth", this, gauges -> (double) gauges.depth)
        .description("Jobs waiting or in hand, in both lanes")
        .register(meters);
    Gauge.builder("task_queue_drain_seconds", this, gauges -> gauges.drainSeconds)
        .description("How long they take at this worker's speed; 0 where it stored nothing lately")
        .register(meters);
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("queue-gauges").start(this::sampleUntilStopped);
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void sampleUntilStopped() {
    try {
      while (!stopped.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        sample();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    OptionalLong heavy = backlog.records(Lane.HEAVY);
    OptionalLong light = backlog.records(Lane.LIGHT);
    if (heavy.isEmpty() || light.isEmpty()) {
      return;
    }
    Counter counter = meters.find("chunks_stored_total").counter();
    double stored = counter == null ? 0 : counter.count();
    double perSecond = (stored - storedBefore) / INTERVAL_SECONDS;
    storedBefore = stored;
    depth = heavy.getAsLong() + light.getAsLong();
    drainSeconds = perSecond > 0 ? depth / perSecond : 0;
  }
}
