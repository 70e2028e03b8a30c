package io.sluice.queue.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.QueueFixture;
import io.sluice.queue.backlog.LaneBacklog.Known;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.slot.JobHandler;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.queue.slot.SlotPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueueBacklogIT {

  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void beforeTheFirstWorkerEverythingWaitsSinceItsFirstJob() {
    try (QueueFixture process = fixture("sluice.kafka.partitions=3")) {
      assertThat(process.backlog().read(Lane.HEAVY)).isEqualTo(new Known(0, null));
      // The oldest need not be the first of its partition to be read, nor in the first partition.
      enqueue(process, QueueFixture.heavy(0), EARLY.plusSeconds(20));
      enqueue(process, QueueFixture.heavy(1), EARLY.plusSeconds(10));
      enqueue(process, QueueFixture.heavy(2), EARLY.plusSeconds(30));
      enqueue(process, QueueFixture.heavy(3), EARLY.plusSeconds(40));

      assertThat(process.backlog().records(Lane.HEAVY)).hasValue(4);
      assertThat(process.backlog().read(Lane.HEAVY)).isEqualTo(new Known(4, EARLY.plusSeconds(10)));
      assertThat(process.backlog().read(Lane.LIGHT)).isEqualTo(new Known(0, null));
    }
  }

  /// What a worker holds is not lost, so it counts; and it is the oldest until it is done, whatever was
  /// done after it.
  @Test
  void aJobInHandStillWaits() {
    try (QueueFixture process = fixture()) {
      Map<Job, CountDownLatch> held = new ConcurrentHashMap<>();
      Job slow = QueueFixture.heavy(0);
      held.put(slow, new CountDownLatch(1));
      JobHandler handler =
          batch -> {
            CountDownLatch latch = held.get(batch.getFirst().job());
            if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
              throw new IllegalStateException("nobody let it go");
            }
            return List.of(JobOutcome.DONE);
          };
      enqueue(process, slow, EARLY);
      process.slots(new SlotPlan(2, 0, 1, Duration.ofSeconds(5), handler, handler, letter -> {}));
      for (int i = 1; i <= 5; i++) {
        enqueue(process, QueueFixture.heavy(i), EARLY.plusSeconds(i));
      }
      await().until(() -> process.backlog().read(Lane.HEAVY).equals(new Known(1, EARLY)));

      held.get(slow).countDown();

      await().until(() -> process.backlog().read(Lane.HEAVY).equals(new Known(0, null)));
    }
  }

  @Test
  void workersAndTheirSlotsAreSeen() {
    try (QueueFixture one = fixture();
        QueueFixture other =
            QueueFixture.sharing(one.prefix(), EmbeddedStack.kafka().bootstrapServers())) {
      assertThat(one.backlog().members(Lane.HEAVY)).hasValue(LaneMembers.NONE);
      JobHandler handler = batch -> Collections.nCopies(batch.size(), JobOutcome.DONE);
      SlotPlan plan = new SlotPlan(3, 1, 10, Duration.ofSeconds(5), handler, handler, letter -> {});
      one.slots(plan);
      other.slots(plan);

      await()
          .untilAsserted(
              () -> assertThat(one.backlog().members(Lane.HEAVY)).hasValue(new LaneMembers(2, 6)));
      await()
          .untilAsserted(
              () -> assertThat(one.backlog().members(Lane.LIGHT)).hasValue(new LaneMembers(2, 2)));

      enqueue(one, QueueFixture.heavy(0), EARLY);
      enqueue(one, QueueFixture.heavy(1), EARLY);
      one.awaitEmpty(Lane.HEAVY);
      assertThat(one.backlog().count(Lane.HEAVY)).hasValue(new LaneCount(2, 0));
    }
  }

  @Test
  void withoutATopicNothingWaits() throws Exception {
    try (QueueFixture process = fixture()) {
      enqueue(process, QueueFixture.heavy(0), EARLY);
      process.clients().admin().deleteTopics(List.of(process.topics().of(Lane.HEAVY))).all().get();
      await().until(() -> process.backlog().read(Lane.HEAVY).equals(new Known(0, null)));
    }
  }

  @Test
  void aKafkaThatDoesNotAnswerTellsNothing() {
    try (QueueFixture process =
        QueueFixture.sharing("nobody", "127.0.0.1:1", "sluice.kafka.admin-timeout=300ms")) {
      assertThat(process.backlog().read(Lane.HEAVY)).isInstanceOf(LaneBacklog.Unknown.class);
      assertThat(process.backlog().records(Lane.LIGHT)).isEmpty();
      assertThat(process.backlog().count(Lane.LIGHT)).isEmpty();
      assertThat(process.backlog().members(Lane.LIGHT)).isEmpty();
    }
  }

  private static QueueFixture fixture(String... more) {
    return QueueFixture.on(EmbeddedStack.kafka().bootstrapServers(), more);
  }

  private static void enqueue(QueueFixture process, Job job, Instant at) {
    assertThat(process.queue().enqueue(job, at)).isEqualTo(EnqueueResult.ENQUEUED);
  }
}
