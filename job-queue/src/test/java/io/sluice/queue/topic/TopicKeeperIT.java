package io.sluice.queue.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Lane;
import io.sluice.queue.QueueFixture;
import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.client.ProduceCircuit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicKeeperIT {

  @Test
  void topicsAndGroupsAreSetUpAsPlanned() throws Exception {
    try (QueueFixture process =
        QueueFixture.on(
            EmbeddedStack.kafka().bootstrapServers(),
            "sluice.kafka.partitions=2",
            "sluice.kafka.heavy-lock=5m")) {
      KafkaClients clients = process.clients();
      JobTopics topics = process.topics();
      assertThat(partitions(clients, topics.of(Lane.HEAVY))).isEqualTo(2);
      assertThat(partitions(clients, topics.of(Lane.LIGHT))).isEqualTo(2);
      assertThat(partitions(clients, topics.deadLetters())).isEqualTo(1);
      assertThat(settings(clients, topics.groupOf(Lane.HEAVY)))
          .containsEntry("share.auto.offset.reset", "earliest")
          .containsEntry("share.record.lock.duration.ms", "300000");
      assertThat(settings(clients, topics.groupOf(Lane.LIGHT)))
          .containsEntry("share.auto.offset.reset", "earliest")
          .containsEntry("share.record.lock.duration.ms", "30000");
    }
  }

  @Test
  void aLockLongerThanTheBrokerAllowsIsShortened() throws Exception {
    try (QueueFixture process = QueueFixture.on(EmbeddedStack.kafka().bootstrapServers())) {
      JobTopics topics = new JobTopics("t-" + UUID.randomUUID());
      TopicPlan plan = new TopicPlan(topics, 1, 1, Duration.ofHours(20), Duration.ofSeconds(30));
      TopicKeeper keeper = new TopicKeeper(process.clients(), plan, new ProduceCircuit());
      keeper.start();
      try {
        await().atMost(Duration.ofSeconds(30)).until(keeper::seenWell);
      } finally {
        keeper.stop();
      }
      assertThat(settings(process.clients(), topics.groupOf(Lane.HEAVY)))
          .containsEntry("share.record.lock.duration.ms", "60000");
      assertThat(settings(process.clients(), topics.groupOf(Lane.LIGHT)))
          .containsEntry("share.record.lock.duration.ms", "30000");
    }
  }

  @Test
  void aTopicWithTooFewPartitionsGetsMore() throws Exception {
    try (QueueFixture process = QueueFixture.on(EmbeddedStack.kafka().bootstrapServers())) {
      JobTopics topics = new JobTopics("t-" + UUID.randomUUID());
      Answers.await(
          process
              .clients()
              .admin()
              .createTopics(List.of(new NewTopic(topics.of(Lane.LIGHT), 1, (short) 1)))
              .all());
      TopicPlan plan = new TopicPlan(topics, 3, 1, Duration.ofMinutes(1), Duration.ofMinutes(1));
      TopicKeeper keeper = new TopicKeeper(process.clients(), plan, new ProduceCircuit());
      keeper.start();
      try {
        await().atMost(Duration.ofSeconds(30)).until(keeper::seenWell);
      } finally {
        keeper.stop();
      }
      await().until(() -> partitions(process.clients(), topics.of(Lane.LIGHT)) == 3);
    }
  }

  private static int partitions(KafkaClients clients, String topic) throws Exception {
    return Answers.await(
            clients.admin().describeTopics(List.of(topic)).topicNameValues().get(topic))
        .partitions()
        .size();
  }

  private static Map<String, String> settings(KafkaClients clients, String group) throws Exception {
    ConfigResource asked = new ConfigResource(ConfigResource.Type.GROUP, group);
    return Answers.await(clients.admin().describeConfigs(List.of(asked)).values().get(asked))
        .entries()
        .stream()
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
