package io.sluice.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedStack;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/// Share groups, which the job queue is built on, work on the embedded broker.
class ShareGroupIT {

  private static final int JOBS = 200;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String topic = "jobs-" + UUID.randomUUID();
  private final String group = "workers-" + UUID.randomUUID();
  private final Topics topics = new Topics(EmbeddedStack.kafka().bootstrapServers());
  private final Collection<Integer> done = new ConcurrentLinkedQueue<>();

  @Test
  void twoMembersShareOnePartitionAndDoEveryJobOnce() throws Exception {
    topics.create(topic);
    topics.earliest(group);
    topics.produce(topic, 0, JOBS);

    CountDownLatch bothHaveOne = new CountDownLatch(2);
    try (ExecutorService members =
        Executors.newFixedThreadPool(2, Thread.ofPlatform().name("member-", 0).factory())) {
      Future<Integer> first = members.submit(() -> work(bothHaveOne));
      Future<Integer> second = members.submit(() -> work(bothHaveOne));
      assertThat(first.get()).isPositive();
      assertThat(second.get()).isPositive();
      assertThat(first.get() + second.get()).isEqualTo(JOBS);
    }
    assertThat(done).containsExactlyInAnyOrderElementsOf(IntStream.range(0, JOBS).boxed().toList());
  }

  @Test
  void theBrokerAllowsWhatTheQueueNeeds() throws Exception {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    try (Admin admin = topics.admin()) {
      Config config = admin.describeConfigs(List.of(broker)).all().get().values().iterator().next();
      assertThat(config.get("group.share.max.size").value()).isEqualTo("1000");
      assertThat(config.get("group.share.delivery.count.limit").value()).isEqualTo("10");
      assertThat(config.get("group.share.max.record.lock.duration.ms").value())
          .isEqualTo("3600000");
      assertThat(config.get("auto.create.topics.enable").value()).isEqualTo("false");
    }
  }

  /// Takes one job at a time until all are done. Nobody takes a second before the other has had a first.
  private int work(CountDownLatch bothHaveOne) throws Exception {
    int mine = 0;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (KafkaShareConsumer<String, String> consumer = member()) {
      consumer.subscribe(List.of(topic));
      while (done.size() < JOBS && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> job : consumer.poll(POLL)) {
          done.add(Integer.parseInt(job.value()));
          mine++;
          if (mine == 1) {
            bothHaveOne.countDown();
            bothHaveOne.await();
          }
          consumer.acknowledge(job, AcknowledgeType.ACCEPT);
        }
        Map<TopicIdPartition, Optional<KafkaException>> committed = consumer.commitSync();
        assertThat(committed.values()).allMatch(Optional::isEmpty);
      }
    }
    return mine;
  }

  private KafkaShareConsumer<String, String> member() {
    return new KafkaShareConsumer<>(
        Map.of(
            "bootstrap.servers", topics.bootstrapServers(),
            "group.id", group,
            "share.acknowledgement.mode", "explicit",
            "share.acquire.mode", "record_limit",
            "max.poll.records", "1"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
