package io.sluice.queue.topic;

import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the topics themselves: creates what is missing, adds partitions that are wanted.
final class TopicSettings {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSettings.class);

  /// Jobs are worth nothing once done, and PostgreSQL can make all of them again.
  private static final Map<String, String> JOB_RETENTION =
      Map.of(
          TopicConfig.RETENTION_MS_CONFIG, Long.toString(24 * 3600 * 1000L),
          TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(1L << 30),
          TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 << 20),
          // The broker's clock: a producer whose clock is wrong must not see its messages refused.
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  private static final Map<String, String> DEAD_LETTER_RETENTION =
      Map.of(
          TopicConfig.RETENTION_MS_CONFIG, Long.toString(30L * 24 * 3600 * 1000),
          TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(1L << 30),
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  private final KafkaClients clients;
  private final TopicPlan plan;

  TopicSettings(KafkaClients clients, TopicPlan plan) {
    this.clients = clients;
    this.plan = plan;
  }

  /// Looks, and repairs.
  ///
  /// @return the topics that this process has just created
  Set<String> ensure() throws InterruptedException {
    Set<String> made = new HashSet<>();
    Map<String, KafkaFuture<TopicDescription>> descriptions =
        clients.admin().describeTopics(plan.topics().all()).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : descriptions.entrySet()) {
      ensure(entry.getKey(), entry.getValue(), made);
    }
    return made;
  }

  private void ensure(String topic, KafkaFuture<TopicDescription> description, Set<String> made)
      throws InterruptedException {
    int present;
    try {
      present = Answers.await(description).partitions().size();
    } catch (UnknownTopicOrPartitionException e) {
      create(topic, made);
      return;
    }
    if (present < partitions(topic)) {
      NewPartitions wanted = NewPartitions.increaseTo(partitions(topic));
      Answers.await(clients.admin().createPartitions(Map.of(topic, wanted)).all());
      LOG.info("topic {} has {} partitions now", topic, partitions(topic));
    }
  }

  private void create(String topic, Set<String> made) throws InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, partitions(topic), (short) plan.replication()).configs(settings(topic));
    try {
      Answers.await(clients.admin().createTopics(List.of(wanted)).all());
      LOG.info("created topic {}", topic);
      made.add(topic);
    } catch (TopicExistsException e) {
      LOG.debug("another process was first to create topic {}", topic);
    }
  }

  private Map<String, String> settings(String topic) {
    Map<String, String> settings =
        new HashMap<>(isDeadLetters(topic) ? DEAD_LETTER_RETENTION : JOB_RETENTION);
    // One replica may be away, and an acknowledged message is still on two.
    settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, plan.replication() > 2 ? "2" : "1");
    return settings;
  }

  private int partitions(String topic) {
    return isDeadLetters(topic) ? 1 : plan.partitions();
  }

  private boolean isDeadLetters(String topic) {
    return topic.equals(plan.topics().deadLetters());
  }
}
