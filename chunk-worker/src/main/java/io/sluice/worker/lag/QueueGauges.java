package io.sluice.worker.lag;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.LaneFlow;
import io.sluice.queue.backlog.QueueFlow;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What to scale the workers by: how much waits, how long it would take all of them, and how many there
/// should be.
@Component
final class QueueGauges implements MeterBinder {

  private final QueueFlow flow;

  QueueGauges(QueueFlow flow) {
    this.flow = flow;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("task_queue_depth", this, QueueGauges::depth)
        .description("Jobs waiting or in hand, in both lanes")
        .register(meters);
    Gauge.builder("task_queue_drain_seconds", this, QueueGauges::drainSeconds)
        .description("How long they take at the speed of all workers; 0 where nothing moved lately")
        .register(meters);
    Gauge.builder("recommended_worker_replicas", flow, all -> all.recommendedWorkers().orElse(1))
        .description("Worker processes that would keep up, and work the backlog off in time")
        .register(meters);
  }

  private double depth() {
    return lanes().mapToLong(LaneFlow::records).sum();
  }

  private double drainSeconds() {
    return lanes().mapToDouble(lane -> lane.drainSeconds().orElse(0)).max().orElse(0);
  }

  private Stream<LaneFlow> lanes() {
    return Arrays.stream(Lane.values()).map(flow::of).flatMap(Optional::stream);
  }
}
