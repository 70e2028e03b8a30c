package io.sluice.queue.topic;

import io.sluice.model.job.Lane;
import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what the broker remembers of a share group for topics that were created just now.
///
/// The first member would have it made too, but is then given its partitions a heartbeat or two later
/// (5 s each), because the broker must first create a topic of its own for it. A newcomer's first upload
/// should not wait for that.
final class ShareState {

  private static final Logger LOG = LoggerFactory.getLogger(ShareState.class);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_TRIES = 20;

  private final KafkaClients clients;
  private final TopicPlan plan;

  ShareState(KafkaClients clients, TopicPlan plan) {
    this.clients = clients;
    this.plan = plan;
  }

  /// Sets the groups to the start of these topics. For new topics only: any other would be worked off
  /// from its start again. A group that has members is left alone by the broker.
  void begin(Set<String> newTopics) throws InterruptedException {
    for (Lane lane : Lane.values()) {
      if (newTopics.contains(plan.topics().of(lane))) {
        begin(lane);
      }
    }
  }

  private void begin(Lane lane) throws InterruptedException {
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (int i = 0; i < plan.partitions(); i++) {
      starts.put(new TopicPartition(plan.topics().of(lane), i), 0L);
    }
    String group = plan.topics().groupOf(lane);
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        Answers.await(clients.admin().alterShareGroupOffsets(group, starts).all());
        return;
      } catch (UnknownTopicOrPartitionException e) {
        // The group's coordinator has not yet heard of the topic.
        Thread.sleep(PAUSE);
      } catch (KafkaException e) {
        LOG.debug("share state of {} is left to its members", group, e);
        return;
      }
    }
  }
}
