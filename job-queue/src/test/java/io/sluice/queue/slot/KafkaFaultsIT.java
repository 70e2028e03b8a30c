package io.sluice.queue.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.OwnKafka;
import io.sluice.queue.QueueFixture;
import io.sluice.queue.backlog.LaneBacklog;
import io.sluice.queue.produce.EnqueueResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No process is ever restarted here, only Kafka.
class KafkaFaultsIT {

  @TempDir Path directory;

  @Test
  void aProcessStartsWithoutKafkaAndWorksOnceItIsThere() throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory)) {
      kafka.stop();
      RecordingHandler handler = new RecordingHandler();
      try (QueueFixture process = QueueFixture.sharing("early", kafka.bootstrapServers())) {
        process.slots(Plans.of(2, 1, handler));
        assertThat(process.queue().enqueue(QueueFixture.heavy(0), QueueFixture.AT))
            .isInstanceOf(EnqueueResult.NotEnqueued.class);
        assertThat(process.backlog().read(Lane.HEAVY)).isInstanceOf(LaneBacklog.Unknown.class);

        kafka.startAgain();

        Job job = QueueFixture.heavy(1);
        await().until(() -> enqueued(process, job));
        await().until(() -> handler.count(job) > 0);
        process.awaitEmpty(Lane.HEAVY);
      }
    }
  }

  @Test
  void jobsWaitThroughAnOutageAndAreRunAfterIt() throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory);
        QueueFixture process = QueueFixture.on(kafka.bootstrapServers())) {
      RecordingHandler handler = new RecordingHandler();
      JobSlots slots = process.slots(Plans.of(2, 1, handler));
      Job before = QueueFixture.heavy(0);
      process.enqueue(before);
      await().until(() -> handler.count(before) == 1);
      slots.pause(Lane.HEAVY);
      List<Job> waiting = List.of(QueueFixture.heavy(1), QueueFixture.heavy(2));
      process.enqueueAll(waiting);

      kafka.stop();
      slots.resume(Lane.HEAVY);
      assertThat(process.queue().enqueue(QueueFixture.heavy(3), QueueFixture.AT))
          .isInstanceOf(EnqueueResult.NotEnqueued.class);
      assertThat(process.queue().reachable()).isFalse();
      kafka.startAgain();

      await().until(() -> handler.jobs().containsAll(waiting));
      Job after = QueueFixture.heavy(4);
      await().until(() -> enqueued(process, after));
      await().until(() -> handler.count(after) > 0);
      assertThat(process.queue().reachable()).isTrue();
      process.awaitEmpty(Lane.HEAVY);
    }
  }

  /// The acknowledgement cannot be given while Kafka is away, so the job comes again; that is why every
  /// effect of a job is idempotent.
  @Test
  void aJobFinishedDuringAnOutageIsNotForgottenByItsSlot() throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory);
        QueueFixture process = QueueFixture.on(kafka.bootstrapServers())) {
      Job inHand = QueueFixture.heavy(0);
      HoldingHandler handler = new HoldingHandler(inHand);
      process.slots(Plans.of(1, 0, handler));
      process.enqueue(inHand);
      await().until(handler::holding);

      kafka.stop();
      handler.release();
      await().until(() -> handler.done().count(inHand) == 1);
      kafka.startAgain();

      Job after = QueueFixture.heavy(1);
      await().until(() -> enqueued(process, after));
      await().until(() -> handler.done().count(after) > 0);
      process.awaitEmpty(Lane.HEAVY);
    }
  }

  @Test
  void deletedTopicsAreMadeAgainAndWorkGoesOn() throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory);
        QueueFixture process = QueueFixture.on(kafka.bootstrapServers())) {
      RecordingHandler handler = new RecordingHandler();
      process.slots(Plans.of(2, 1, handler));
      Job before = QueueFixture.heavy(0);
      process.enqueue(before);
      await().until(() -> handler.count(before) == 1);

      process.clients().admin().deleteTopics(process.topics().all()).all().get();

      Job after = QueueFixture.heavy(1);
      Job light = QueueFixture.light(2);
      await().until(() -> enqueued(process, after));
      await().until(() -> enqueued(process, light));
      await().until(() -> handler.count(after) > 0 && handler.count(light) > 0);
      process.awaitEmpty(Lane.HEAVY);
      process.awaitEmpty(Lane.LIGHT);
    }
  }

  @Test
  void aKafkaThatComesBackEmptyIsSetUpAgain() throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory);
        QueueFixture process = QueueFixture.on(kafka.bootstrapServers())) {
      RecordingHandler handler = new RecordingHandler();
      process.slots(Plans.of(2, 1, handler));
      Job before = QueueFixture.heavy(0);
      process.enqueue(before);
      await().until(() -> handler.count(before) == 1);

      kafka.stop();
      kafka.startEmpty();

      Job after = QueueFixture.heavy(1);
      await().until(() -> enqueued(process, after));
      await().until(() -> handler.count(after) > 0);
      process.awaitEmpty(Lane.HEAVY);
    }
  }

  private static boolean enqueued(QueueFixture process, Job job) {
    return process.queue().enqueue(job, QueueFixture.AT) instanceof EnqueueResult.Enqueued;
  }
}
