package io.sluice.queue;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where Kafka is and how long it may take.
///
/// @param bootstrapServers `host:port,…`
/// @param clientId what this process calls itself in the broker's logs and metrics
/// @param topicPrefix what the names of topics and groups start with
/// @param partitions of each job topic; few: share groups spread one partition over many members
/// @param replication of each topic
/// @param produceTimeout the longest an enqueue may take
/// @param adminTimeout the longest one question to Kafka may take
/// @param heavyLock how long a heavy job belongs to one slot, and so how long the job of a frozen worker
///     waits. A handler that may take longer keeps others from its work by other means. The broker's own
///     maximum (60 s unless raised) wins
/// @param lightLock the same for a batch of light jobs
/// @param properties given to every Kafka client as they are: security, mostly
@ConfigurationProperties("sluice.kafka")
record KafkaSettings(
    @DefaultValue("127.0.0.1:9092") String bootstrapServers,
    @DefaultValue("sluice") String clientId,
    @DefaultValue("sluice") String topicPrefix,
    @DefaultValue("1") int partitions,
    @DefaultValue("1") int replication,
    @DefaultValue("3s") Duration produceTimeout,
    @DefaultValue("3s") Duration adminTimeout,
    @DefaultValue("30s") Duration heavyLock,
    @DefaultValue("30s") Duration lightLock,
    @DefaultValue Map<String, String> properties) {

  KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("sluice.kafka.bootstrap-servers is empty");
    }
    if (!topicPrefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "sluice.kafka.topic-prefix must be 1 to 100 of a-z, A-Z, 0-9, '.', '_', '-'");
    }
    range("partitions", partitions, 1, 1000);
    range("replication", replication, 1, 9);
    range("produce-timeout", produceTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    range("admin-timeout", adminTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    range("heavy-lock", heavyLock, Duration.ofSeconds(15), Duration.ofHours(1));
    range("light-lock", lightLock, Duration.ofSeconds(15), Duration.ofHours(1));
    properties = Map.copyOf(properties);
  }

  private static <T extends Comparable<T>> void range(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.kafka." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }
}
