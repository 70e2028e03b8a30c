package io.sluice.queue.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.client.ClientSettings;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.client.ProduceCircuit;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.produce.BoundedProducer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which of many slots ask for jobs, with a queue in memory in place of the broker.
class SlotTurnsTest {

  private static final int SLOTS = 6;
  private static final int TURNS = 2;
  private static final String TOPIC = "jobs";

  private final BlockingQueue<ConsumerRecord<byte[], byte[]>> jobs = new LinkedBlockingQueue<>();
  private final AtomicInteger asking = new AtomicInteger();
  private final List<Integer> seenAsking = new CopyOnWriteArrayList<>();
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger ended = new AtomicInteger();

  private final SlotGate gate = new SlotGate(SLOTS);
  private final SlotCounts counts = new SlotCounts();
  private final JobCodec codec = new JobCodec();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /// Gives a job to whoever asks, or nothing after a moment.
  private final class Asking extends MockShareConsumer<byte[], byte[]> {

    @Override
    @SuppressWarnings(
        "UnsynchronizedOverridesSynchronized") // one thread asks, as with the real one
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      seenAsking.add(asking.incrementAndGet());
      try {
        ConsumerRecord<byte[], byte[]> job = jobs.poll(20, TimeUnit.MILLISECONDS);
        return job == null
            ? ConsumerRecords.empty()
            : new ConsumerRecords<>(Map.of(new TopicPartition(TOPIC, 0), List.of(job)), Map.of());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        asking.decrementAndGet();
      }
    }
  }

  @BeforeEach
  void start() {
    KafkaClients clients =
        new KafkaClients(
            new ClientSettings(
                "127.0.0.1:1", "test", Duration.ofSeconds(1), Duration.ofSeconds(1), Map.of()));
    BatchRun run =
        new BatchRun(
            Lane.HEAVY,
            this::hold,
            letter -> {},
            new BoundedProducer(clients, new ProduceCircuit()),
            gate,
            counts,
            Clock.systemUTC());
    Semaphore turns = new Semaphore(TURNS);
    for (int i = 0; i < SLOTS; i++) {
      Slot slot =
          new Slot(
              Lane.HEAVY,
              i,
              gate,
              turns,
              counts,
              codec,
              run,
              () -> new SlotConsumer(new Asking(), TOPIC, Duration.ofSeconds(30), counts),
              () -> true);
      slots.add(slot);
      threads.add(Thread.ofPlatform().name(slot.name()).start(slot));
    }
  }

  @AfterEach
  void everySlotEnds() throws InterruptedException {
    mayEnd.release(1_000);
    gate.stop();
    slots.forEach(Slot::lookAtGate);
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(20))).as(thread.getName()).isTrue();
    }
  }

  @Test
  void onlySoManyAskAtATimeAndAllJobsAreDone() {
    mayEnd.release(200);
    send(200);

    await().until(() -> ended.get() == 200);
    assertThat(seenAsking).contains(TURNS).doesNotContain(TURNS + 1);
  }

  @Test
  void whoWorksLetsAnotherAskUntilAllWork() {
    send(SLOTS + 3);

    await().until(() -> counts.busy(Lane.HEAVY).get() == SLOTS);
    assertThat(jobs).hasSize(3);
  }

  @Test
  void aClosedGateEndsTheTurnsAndAnOpenOneBringsThemBack() {
    await().until(() -> seenAsking.contains(TURNS));
    gate.pause(Lane.HEAVY);
    slots.forEach(Slot::lookAtGate);
    await().during(Duration.ofMillis(200)).until(() -> asking.get() == 0);

    gate.resume(Lane.HEAVY);
    send(SLOTS);
    await().until(() -> counts.busy(Lane.HEAVY).get() == SLOTS);
  }

  private List<JobOutcome> hold(List<DeliveredJob> batch) throws InterruptedException {
    mayEnd.acquire();
    ended.incrementAndGet();
    return List.of(JobOutcome.DONE);
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      Job job = new Job.PurgeUpload(new UUID(1, i));
      jobs.add(new ConsumerRecord<>(TOPIC, 0, i, null, codec.encode(job, Instant.EPOCH)));
    }
  }
}
