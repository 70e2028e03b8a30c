package io.sluice.queue.backlog;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.FlowSettings.LightSlots;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/// Looks at both lanes every few seconds, so that asking how fast they are never waits for Kafka. While
/// Kafka does not answer the last figures stand.
public final class QueueFlow implements SmartLifecycle {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final QueueBacklog backlog;
  private final List<LaneWatch> watches;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  QueueFlow(QueueBacklog backlog, FlowSettings settings, LightSlots light) {
    this.backlog = backlog;
    double drainSeconds = settings.drainTarget().toNanos() / 1e9;
    this.watches =
        List.of(
            new LaneWatch(Lane.HEAVY, new WorkerDemand(drainSeconds, 1)),
            new LaneWatch(Lane.LIGHT, new WorkerDemand(drainSeconds, light.lightBatch())));
  }

  /// How jobs come and go in a lane; empty until Kafka has answered once.
  public Optional<LaneFlow> of(Lane lane) {
    return watches.stream()
        .filter(watch -> watch.lane() == lane)
        .findFirst()
        .flatMap(LaneWatch::flow);
  }

  /// How many worker processes there should be; empty until Kafka has answered once.
  public OptionalInt recommendedWorkers() {
    return watches.stream()
        .map(LaneWatch::workers)
        .flatMap(Optional::stream)
        .mapToInt(Integer::intValue)
        .max();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("queue-flow").start(this::lookUntilStopped);
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

  private void lookUntilStopped() {
    try {
      do {
        watches.forEach(watch -> watch.look(backlog, System.nanoTime()));
      } while (!stopped.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
