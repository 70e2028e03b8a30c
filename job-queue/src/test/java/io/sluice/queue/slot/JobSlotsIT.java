package io.sluice.queue.slot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.QueueFixture;
import io.sluice.queue.produce.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JobSlotsIT {

  @Test
  void aJobEnqueuedBeforeTheFirstWorkerIsDeliveredAndAcknowledged() {
    try (QueueFixture process = fixture()) {
      Job job = QueueFixture.heavy(7);
      process.enqueue(job);
      assertThat(process.backlog().records(Lane.HEAVY)).hasValue(1);

      RecordingHandler handler = new RecordingHandler();
      process.slots(Plans.of(2, 1, handler));

      await().until(() -> handler.jobs().contains(job));
      assertThat(handler.deliveries())
          .singleElement()
          .satisfies(delivered -> {
            assertThat(delivered.enqueuedAt()).isEqualTo(QueueFixture.AT);
            assertThat(delivered.deliveryCount()).isEqualTo(1);
            assertThat(delivered.holdRemaining()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
          });
      process.awaitEmpty(Lane.HEAVY);
    }
  }

  @Test
  void everyJobIsRunOnceByOneOfTwoWorkers() {
    try (QueueFixture first = fixture();
        QueueFixture second = sharing(first)) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        jobs.add(i % 2 == 0 ? QueueFixture.heavy(i) : QueueFixture.light(i));
      }
      RecordingHandler here = new RecordingHandler();
      RecordingHandler there = new RecordingHandler();
      JobSlots slots = first.slots(Plans.of(4, 2, here));
      second.slots(Plans.of(4, 2, there));
      first.enqueueAll(jobs);

      await().until(() -> here.deliveries().size() + there.deliveries().size() >= jobs.size());
      first.awaitEmpty(Lane.HEAVY);
      first.awaitEmpty(Lane.LIGHT);
      List<Job> all = new ArrayList<>(here.jobs());
      all.addAll(there.jobs());
      assertThat(all).containsExactlyInAnyOrderElementsOf(jobs);
      assertThat(slots.failedAcknowledgements()).isZero();
    }
  }

  @Test
  void aSlowJobDelaysNobody() {
    try (QueueFixture process = fixture()) {
      Job slow = QueueFixture.heavy(0);
      HoldingHandler handler = new HoldingHandler(slow);
      JobSlots slots = process.slots(Plans.of(2, 0, handler));
      process.enqueue(slow);
      await().until(handler::holding);
      List<Job> quick = heavyJobs(20);
      process.enqueueAll(quick);

      await().until(() -> handler.done().jobs().containsAll(quick));
      await().until(() -> slots.busySlots(Lane.HEAVY) == 1);
      assertThat(process.backlog().records(Lane.HEAVY).orElse(0)).isPositive();
      handler.release();
      process.awaitEmpty(Lane.HEAVY);
      assertThat(handler.done().count(slow)).isEqualTo(1);
    }
  }

  @Test
  void lightJobsComeInBatches() {
    try (QueueFixture process = fixture()) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        jobs.add(QueueFixture.light(i));
      }
      process.enqueueAll(jobs);
      RecordingHandler recording = new RecordingHandler();
      ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
      process.slots(
          Plans.of(
              0,
              1,
              batch -> {
                sizes.add(batch.size());
                return recording.handle(batch);
              }));

      await().until(() -> recording.distinct() == jobs.size());
      assertThat(sizes).allMatch(size -> size <= 64).anyMatch(size -> size > 16);
      process.awaitEmpty(Lane.LIGHT);
    }
  }

  @Test
  void aJobWhoseHandlerThrowsIsTriedAgainInHandAndBurnsNoDelivery() {
    try (QueueFixture process = fixture()) {
      Job job = QueueFixture.heavy(1);
      RecordingHandler recording = new RecordingHandler();
      AtomicInteger tries = new AtomicInteger();
      JobSlots slots =
          process.slots(
              Plans.of(
                  1,
                  0,
                  batch -> {
                    recording.handle(batch);
                    if (tries.incrementAndGet() < 4) {
                      throw new IllegalStateException("the database is away");
                    }
                    return List.of(JobOutcome.DONE);
                  }));
      process.enqueue(job);

      process.awaitEmpty(Lane.HEAVY);
      assertThat(recording.deliveries())
          .hasSize(4)
          .allMatch(delivered -> delivered.deliveryCount() == 1);
      assertThat(slots.handedBack()).isZero();
    }
  }

  @Test
  void ofABatchOnlyWhatIsNotSettledIsTriedAgain() {
    try (QueueFixture process = fixture()) {
      List<Job> jobs = List.of(QueueFixture.light(0), QueueFixture.light(1), QueueFixture.light(2));
      RecordingHandler recording = new RecordingHandler();
      process.enqueueAll(jobs);
      process.slots(
          Plans.of(
              0,
              1,
              batch -> {
                recording.handle(batch);
                return batch.stream()
                    .map(delivered ->
                        delivered.job().equals(jobs.get(1)) && recording.count(delivered.job()) < 3
                            ? new JobOutcome.NotNow("not yet")
                            : JobOutcome.DONE)
                    .toList();
              }));

      process.awaitEmpty(Lane.LIGHT);
      assertThat(recording.count(jobs.get(0))).isEqualTo(1);
      assertThat(recording.count(jobs.get(1))).isEqualTo(3);
      assertThat(recording.count(jobs.get(2))).isEqualTo(1);
    }
  }

  /// Nothing that only its handler can settle may block those behind it for ever, nor be lost.
  @Test
  void aJobThatCannotBeSettledGoesToTheTailAndComesAgainAsNew() {
    try (QueueFixture process = fixture("sluice.kafka.heavy-lock=15s")) {
      Job stubborn = QueueFixture.heavy(0);
      Job behind = QueueFixture.heavy(1);
      RecordingHandler recording = new RecordingHandler();
      JobSlots slots =
          process.slots(
              Plans.of(
                  1,
                  0,
                  batch -> {
                    List<JobOutcome> outcomes = recording.handle(batch);
                    return batch.getFirst().job().equals(stubborn) && recording.count(behind) == 0
                        ? List.of(new JobOutcome.NotNow("never before the other"))
                        : outcomes;
                  }));
      process.enqueue(stubborn);
      process.enqueue(behind);

      await().until(() -> recording.count(behind) == 1);
      process.awaitEmpty(Lane.HEAVY);
      assertThat(slots.handedBack()).isEqualTo(1);
      assertThat(recording.jobs().getLast()).isEqualTo(stubborn);
      assertThat(recording.deliveries().getLast().deliveryCount()).isEqualTo(1);
      assertThat(recording.deliveries().getLast().enqueuedAt()).isEqualTo(QueueFixture.AT);
    }
  }

  @Test
  void anUnreadableMessageIsKeptForPeopleAndHoldsUpNobody() {
    try (QueueFixture process = fixture()) {
      byte[] garbage = "\u0000no job".getBytes(UTF_8);
      produce(process, Lane.HEAVY, garbage);
      Job job = QueueFixture.heavy(1);
      process.enqueue(job);
      ConcurrentLinkedQueue<DeadLetter> letters = new ConcurrentLinkedQueue<>();
      AtomicInteger tries = new AtomicInteger();
      RecordingHandler recording = new RecordingHandler();
      process.slots(
          new SlotPlan(
              1,
              0,
              1,
              Duration.ofSeconds(5),
              recording,
              recording,
              letter -> {
                if (tries.incrementAndGet() == 1) {
                  throw new IllegalStateException("the database is away");
                }
                letters.add(letter);
              }));

      await().until(() -> recording.count(job) == 1);
      process.awaitEmpty(Lane.HEAVY);
      assertThat(letters)
          .singleElement()
          .satisfies(letter -> {
            assertThat(letter.job()).isNull();
            assertThat(letter.payloadBase64())
                .isEqualTo(Base64.getEncoder().encodeToString(garbage));
          });
    }
  }

  @Test
  void aMessageOfAnUnknownVersionIsNeitherRunNorLost() {
    try (QueueFixture process = fixture()) {
      produce(process, Lane.HEAVY, "{\"v\":9,\"type\":\"store-part\"}".getBytes(UTF_8));
      RecordingHandler recording = new RecordingHandler();
      JobSlots slots = process.slots(Plans.of(1, 0, recording));
      await().until(() -> slots.handedBack() >= 2);

      Job job = QueueFixture.heavy(1);
      process.enqueue(job);
      await().until(() -> recording.count(job) == 1);
      assertThat(recording.jobs()).containsExactly(job);
      assertThat(process.backlog().records(Lane.HEAVY)).hasValue(1);
    }
  }

  private static QueueFixture fixture(String... more) {
    return QueueFixture.on(EmbeddedStack.kafka().bootstrapServers(), more);
  }

  private static QueueFixture sharing(QueueFixture other) {
    return QueueFixture.sharing(other.prefix(), EmbeddedStack.kafka().bootstrapServers());
  }

  private static List<Job> heavyJobs(int count) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(QueueFixture.heavy(i));
    }
    return jobs;
  }

  private static void produce(QueueFixture process, Lane lane, byte[] value) {
    String topic = process.topics().of(lane);
    try {
      process.clients().producer().send(new ProducerRecord<>(topic, 0, null, value)).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
