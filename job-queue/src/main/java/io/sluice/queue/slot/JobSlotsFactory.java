package io.sluice.queue.slot;

/// Makes the slots of a worker on the configured Kafka.
public interface JobSlotsFactory {

  /// Slots that are not started yet.
  JobSlots create(SlotPlan plan);
}
