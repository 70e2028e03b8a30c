package io.sluice.queue.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.OwnKafka;
import io.sluice.queue.QueueFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobQueueIT {

  private static final Duration A_WHILE = Duration.ofSeconds(60);

  @Test
  void jobsGoToTheTopicOfTheirLaneInTurnOverThePartitions() throws Exception {
    try (QueueFixture process = fixture("sluice.kafka.partitions=3")) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        jobs.add(QueueFixture.heavy(i));
      }
      jobs.add(new Job.FinalizeUpload(UUID.randomUUID()));
      process.enqueueAll(jobs);

      for (int partition = 0; partition < 3; partition++) {
        assertThat(records(process, process.topics().of(Lane.HEAVY), partition)).isEqualTo(10);
      }
      assertThat(process.backlog().records(Lane.LIGHT)).hasValue(1);
    }
  }

  @Test
  void enqueueingNothingIsNoWork() {
    try (QueueFixture process = fixture()) {
      assertThat(process.queue().enqueueAll(List.of())).isEmpty();
    }
  }

  @Test
  void aDeadKafkaCostsOneTimeoutAndThenNothing(@TempDir Path directory) throws Exception {
    try (OwnKafka kafka = new OwnKafka(directory);
        QueueFixture process =
            QueueFixture.on(
                kafka.bootstrapServers(),
                "sluice.kafka.produce-timeout=3s",
                "sluice.kafka.admin-timeout=2s")) {
      process.enqueue(QueueFixture.heavy(0));
      kafka.stop();

      long start = System.nanoTime();
      assertThat(process.queue().enqueue(QueueFixture.heavy(1), QueueFixture.AT))
          .isInstanceOf(EnqueueResult.NotEnqueued.class);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(8));
      assertThat(process.queue().reachable()).isFalse();
      // A thousand that each waited would take the better part of an hour.
      start = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        assertThat(process.queue().enqueue(QueueFixture.light(i), QueueFixture.AT))
            .isInstanceOf(EnqueueResult.NotEnqueued.class);
      }
      assertThat(since(start)).isLessThan(Duration.ofSeconds(5));

      kafka.startAgain();
      await()
          .atMost(A_WHILE)
          .until(() ->
              process.queue().enqueue(QueueFixture.heavy(2), QueueFixture.AT)
                  instanceof EnqueueResult.Enqueued);
    }
  }

  @Test
  void aNameThatDoesNotResolveIsLikeADeadKafka() {
    try (QueueFixture process = QueueFixture.sharing("nowhere", "no-such-host.invalid:9092")) {
      assertThat(process.queue().enqueue(QueueFixture.heavy(0), QueueFixture.AT))
          .isInstanceOf(EnqueueResult.NotEnqueued.class);
      assertThat(process.queue().reachable()).isFalse();
      assertThat(process.backlog().records(Lane.HEAVY)).isEmpty();
    }
  }

  @Test
  void aDeadLetterSaysWhatWasGivenUpAndWhy() {
    try (QueueFixture process = fixture()) {
      Job job = new Job.StorePart(UUID.randomUUID(), 4, "permit", Lane.HEAVY);
      Instant first = Instant.parse("2026-01-01T00:00:00Z");
      Instant last = Instant.parse("2026-01-01T01:00:00Z");
      DeadLetter letter = DeadLetter.ofJob(job, "store_refused", "no such bucket", 7, first, last);
      assertThat(process.deadLetters().publish(letter)).isEqualTo(EnqueueResult.ENQUEUED);
      DeadLetter unreadable = DeadLetter.ofUnreadable(new byte[5000], "not JSON", last);
      assertThat(process.deadLetters().publish(unreadable)).isEqualTo(EnqueueResult.ENQUEUED);

      List<JsonNode> letters = read(process, process.topics().deadLetters(), 2);
      assertThat(letters.get(0))
          .isEqualTo(
              new JsonMapper()
                  .readTree(
                      """
                      {"v":1,"cause":"store_refused","detail":"no such bucket","attempts":7,
                       "first_failed_at":"2026-01-01T00:00:00Z","last_failed_at":"2026-01-01T01:00:00Z",
                       "upload_id":"%s","type":"store-part","part":4}
                      """
                          .formatted(job.uploadId())));
      assertThat(letters.get(1).path("cause").asString()).isEqualTo("unreadable_message");
      assertThat(letters.get(1).path("payload_base64").asString()).hasSize(1368);
    }
  }

  private static QueueFixture fixture(String... more) {
    return QueueFixture.on(EmbeddedStack.kafka().bootstrapServers(), more);
  }

  private static long records(QueueFixture process, String topic, int partition) throws Exception {
    TopicPartition asked = new TopicPartition(topic, partition);
    return process
        .clients()
        .admin()
        .listOffsets(Map.of(asked, OffsetSpec.latest()))
        .partitionResult(asked)
        .get()
        .offset();
  }

  private static List<JsonNode> read(QueueFixture process, String topic, int count) {
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> reader = process.clients().reader()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      await()
          .atMost(A_WHILE)
          .until(() -> {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
              values.add(mapper.readTree(record.value()));
            }
            return values.size() >= count;
          });
    }
    return values;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
