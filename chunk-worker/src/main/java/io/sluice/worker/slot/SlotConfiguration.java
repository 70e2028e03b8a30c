package io.sluice.worker.slot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sluice.coordination.window.FleetSlots;
import io.sluice.model.job.Lane;
import io.sluice.queue.slot.JobSlots;
import io.sluice.queue.slot.JobSlotsFactory;
import io.sluice.queue.slot.SlotPlan;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.scale.ScaleSettings;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the slots, and shows what they do.
@Configuration(proxyBeanMethods = false)
class SlotConfiguration {

  @Bean
  JobSlots jobSlots(
      JobSlotsFactory factory,
      JobRouter router,
      DeadLetters deadLetters,
      SlotSettings settings,
      ScaleSettings scale,
      FleetSlots fleet) {
    fleet.announce(scale.slotsMade());
    return factory.create(
        new SlotPlan(
            scale.slotsMade(),
            settings.lightSlots(),
            settings.lightBatch(),
            settings.drainTimeout(),
            router,
            router,
            deadLetters::keepUnreadable));
  }

  @Bean
  MeterBinder slotMeters(JobSlots slots) {
    return meters -> {
      Gauge.builder("worker_count", slots, JobSlots::activeHeavySlots)
          .description("Heavy jobs that this process runs at once")
          .register(meters);
      Gauge.builder("worker_busy_count", slots, all -> all.busySlots(Lane.HEAVY))
          .description("Heavy jobs that it is running")
          .register(meters);
      Gauge.builder("worker_light_busy_count", slots, all -> all.busySlots(Lane.LIGHT))
          .description("Batches of light jobs that it is running")
          .register(meters);
      for (Lane lane : Lane.values()) {
        Gauge.builder("worker_paused", slots, all -> all.paused(lane) ? 1 : 0)
            .description("1 while a lane takes no jobs because the object store is away")
            .tag("lane", lane.name().toLowerCase(Locale.ROOT))
            .register(meters);
      }
      Gauge.builder("worker_handed_back_count", slots, JobSlots::handedBack)
          .description("Jobs that went back to the tail of their topic, since the start")
          .register(meters);
      Gauge.builder("worker_failed_acknowledgements_count", slots, JobSlots::failedAcknowledgements)
          .description("Acknowledgements that Kafka refused, since the start")
          .register(meters);
    };
  }
}
