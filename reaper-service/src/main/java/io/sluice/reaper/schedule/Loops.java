package io.sluice.reaper.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Step;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The loops of this process: a thread for each step.
@Component
final class Loops implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduleSettings settings;
  private final List<Step> steps;
  private final Leadership leadership;
  private final RepairMetrics repairs;
  private final MeterRegistry meters;
  private volatile List<Loop> running = List.of();

  Loops(
      ScheduleSettings settings,
      List<Step> steps,
      Leadership leadership,
      RepairMetrics repairs,
      MeterRegistry meters) {
    this.settings = settings;
    this.steps = List.copyOf(steps);
    this.leadership = leadership;
    this.repairs = repairs;
    this.meters = meters;
  }

  @Override
  public void start() {
    running = steps.stream().filter(step -> settings.runs(step.name())).map(this::loop).toList();
    running.forEach(Loop::start);
  }

  private Loop loop(Step step) {
    return new Loop(
        step,
        settings.interval(step.name()),
        leadership,
        repairs,
        new LoopMetrics(meters, step.name(), () -> leadership.believesToLead(step.name())));
  }

  @Override
  public void stop() {
    List<Loop> stopping = running;
    running = List.of();
    stopping.forEach(Loop::askToStop);
    try {
      for (Loop loop : stopping) {
        loop.awaitStop(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("stop interrupted");
    }
  }

  @Override
  public boolean isRunning() {
    return !running.isEmpty();
  }
}
