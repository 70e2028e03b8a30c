package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.produce.BoundedProducer;
import io.sluice.queue.topic.TopicKeeper;
import io.sluice.queue.topic.TopicPlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/// [JobSlotsFactory] on Kafka.
public final class KafkaJobSlotsFactory implements JobSlotsFactory {

  /// Slots of a lane that ask for jobs at the same time. Two, so that one is asking while the other takes up
  /// what it got.
  private static final int MOST_ASKING = 2;

  private final KafkaClients clients;
  private final TopicPlan topicPlan;
  private final TopicKeeper topicKeeper;
  private final BoundedProducer producer;
  private final JobCodec codec;
  private final Clock clock;

  /// Of this process's slots, among those of all workers.
  private final String process =
      Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX);

  public KafkaJobSlotsFactory(
      KafkaClients clients,
      TopicPlan topicPlan,
      TopicKeeper topicKeeper,
      BoundedProducer producer,
      JobCodec codec,
      Clock clock) {
    this.clients = clients;
    this.topicPlan = topicPlan;
    this.topicKeeper = topicKeeper;
    this.producer = producer;
    this.codec = codec;
    this.clock = clock;
  }

  @Override
  public JobSlots create(SlotPlan plan) {
    SlotGate gate = new SlotGate(plan.heavySlots());
    SlotCounts counts = new SlotCounts();
    List<Slot> slots = new ArrayList<>();
    Semaphore heavyTurns = new Semaphore(MOST_ASKING);
    for (int i = 0; i < plan.heavySlots(); i++) {
      slots.add(slot(plan, Lane.HEAVY, i, gate, heavyTurns, counts));
    }
    Semaphore lightTurns = new Semaphore(MOST_ASKING);
    for (int i = 0; i < plan.lightSlots(); i++) {
      slots.add(slot(plan, Lane.LIGHT, i, gate, lightTurns, counts));
    }
    return new KafkaJobSlots(slots, gate, counts, plan);
  }

  private Slot slot(
      SlotPlan plan, Lane lane, int index, SlotGate gate, Semaphore turns, SlotCounts counts) {
    JobHandler handler =
        switch (lane) {
          case HEAVY -> plan.heavyHandler();
          case LIGHT -> plan.lightHandler();
        };
    BatchRun batchRun =
        new BatchRun(lane, handler, plan.unreadableHandler(), producer, gate, counts, clock);
    int batch = lane == Lane.HEAVY ? 1 : plan.lightBatch();
    return new Slot(
        lane,
        index,
        gate,
        turns,
        counts,
        codec,
        batchRun,
        () -> open(new SlotName(lane, index, slotsOf(lane, plan, gate), process), batch, counts),
        topicKeeper::seenWell);
  }

  private static int slotsOf(Lane lane, SlotPlan plan, SlotGate gate) {
    return lane == Lane.HEAVY ? gate.activeHeavySlots() : plan.lightSlots();
  }

  private SlotConsumer open(SlotName name, int batch, SlotCounts counts) {
    Lane lane = name.lane();
    return new SlotConsumer(
        clients.shareConsumer(topicPlan.topics().groupOf(lane), name.toString(), batch),
        topicPlan.topics().of(lane),
        topicPlan.lock(lane),
        counts);
  }
}
