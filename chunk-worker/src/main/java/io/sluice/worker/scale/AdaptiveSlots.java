package io.sluice.worker.scale;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.slot.JobSlots;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Moves the number of heavy slots that take jobs, once in a window, to what the store can take.
@Component
@ConditionalOnProperty("sluice.worker.autoscale-enabled")
final class AdaptiveSlots implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AdaptiveSlots.class);

  private final JobSlots slots;
  private final PutSamples samples;
  private final QueueBacklog backlog;
  private final ScaleSettings settings;
  private final AimdLimit limit;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private PutSamples.Window gathered = PutSamples.Window.EMPTY;
  private long lastDownNanos;
  private boolean everDown;
  private volatile boolean running;

  AdaptiveSlots(JobSlots slots, PutSamples samples, QueueBacklog backlog, ScaleSettings settings) {
    this.slots = slots;
    this.samples = samples;
    this.backlog = backlog;
    this.settings = settings;
    this.limit =
        new AimdLimit(
            settings.minSlots(),
            settings.maxSlots(),
            settings.scaleUpUtilizationThreshold(),
            settings.scaleDownUtilizationThreshold());
  }

  @Override
  public void start() {
    running = true;
    slots.setActiveHeavySlots(limit.limit());
    Thread.ofVirtual().name("adaptive-slots").start(this::decideUntilStopped);
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

  private void decideUntilStopped() {
    try {
      while (!stopped.await(settings.scaleWindow().toNanos(), TimeUnit.NANOSECONDS)) {
        decide();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void decide() {
    gathered = gathered.and(samples.next());
    int before = limit.limit();
    AimdLimit.Turn turn =
        limit.decide(gathered, slots.busySlots(Lane.HEAVY), cooledDown() && enoughWaits());
    if (gathered.total() >= AimdLimit.LEAST_SAMPLES) {
      gathered = PutSamples.Window.EMPTY;
    }
    // Slots that went for lack of work must be back as soon as there is some.
    if (turn == AimdLimit.Turn.DOWN) {
      lastDownNanos = System.nanoTime();
      everDown = true;
    }
    if (turn != AimdLimit.Turn.STAY) {
      slots.setActiveHeavySlots(limit.limit());
      LOG.atDebug().addKeyValue("from", before).addKeyValue("to", limit.limit()).log("slots moved");
    }
  }

  private boolean cooledDown() {
    Duration cooldown = Duration.ofSeconds(settings.autoscaleCooldownSeconds());
    return !everDown || System.nanoTime() - lastDownNanos >= cooldown.toNanos();
  }

  private boolean enoughWaits() {
    int threshold = settings.scaleUpQueueThreshold();
    return threshold == 0 || backlog.records(Lane.HEAVY).orElse(0) >= threshold;
  }
}
