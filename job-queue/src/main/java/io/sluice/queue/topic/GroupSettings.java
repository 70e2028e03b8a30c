package io.sluice.queue.topic;

import io.sluice.model.job.Lane;
import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the settings of the share groups, which live on the broker.
///
/// They must be there before a group first sees its topic: the broker's default is to begin at the end,
/// so every job enqueued before the first worker came would be skipped.
final class GroupSettings {

  private static final Logger LOG = LoggerFactory.getLogger(GroupSettings.class);

  private static final String OFFSET_RESET = "share.auto.offset.reset";
  private static final String LOCK_MILLIS = "share.record.lock.duration.ms";

  /// What a broker allows unless it was told to allow more.
  private static final Duration LONGEST_LOCK_BY_DEFAULT = Duration.ofSeconds(60);

  private final KafkaClients clients;
  private final TopicPlan plan;
  private final Set<Lane> refused = EnumSet.noneOf(Lane.class);

  GroupSettings(KafkaClients clients, TopicPlan plan) {
    this.clients = clients;
    this.plan = plan;
  }

  /// Looks, and sets what is not as it should be.
  void ensure() throws InterruptedException {
    for (Lane lane : Lane.values()) {
      ConfigResource group =
          new ConfigResource(ConfigResource.Type.GROUP, plan.topics().groupOf(lane));
      Map<String, String> wanted = wanted(lane);
      Map<String, String> present = present(group);
      if (!present.entrySet().containsAll(wanted.entrySet())) {
        set(lane, group, wanted);
      }
    }
  }

  private Map<String, String> wanted(Lane lane) {
    Duration lock = plan.lock(lane);
    if (refused.contains(lane) && lock.compareTo(LONGEST_LOCK_BY_DEFAULT) > 0) {
      lock = LONGEST_LOCK_BY_DEFAULT;
    }
    return Map.of(OFFSET_RESET, "earliest", LOCK_MILLIS, Long.toString(lock.toMillis()));
  }

  private Map<String, String> present(ConfigResource group) throws InterruptedException {
    Config config =
        Answers.await(clients.admin().describeConfigs(List.of(group)).values().get(group));
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private void set(Lane lane, ConfigResource group, Map<String, String> wanted)
      throws InterruptedException {
    List<AlterConfigOp> changes =
        wanted.entrySet().stream()
            .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    try {
      Answers.await(clients.admin().incrementalAlterConfigs(Map.of(group, changes)).all());
      LOG.info("set share group {} to {}", group.name(), wanted);
    } catch (InvalidConfigurationException e) {
      if (!refused.add(lane)) {
        throw e;
      }
      LOG.warn(
          "the broker refuses a lock of {} for {}, asking for {}",
          plan.lock(lane),
          group.name(),
          LONGEST_LOCK_BY_DEFAULT);
      set(lane, group, wanted(lane));
    }
  }
}
