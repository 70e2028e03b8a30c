package io.sluice.acceptance.facts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// The job topics and the share groups that work on them, asked of Kafka itself.
public final class KafkaJobs implements WaitingJobs, AutoCloseable {

  /// Job topics and their groups, as docs/configuration.md names them.
  public static final Map<String, String> GROUPS =
      Map.of(
          "sluice.chunk-jobs.v1", "sluice.chunk-workers",
          "sluice.light-jobs.v1", "sluice.light-workers");

  private static final long ANSWER_SECONDS = 20;

  private final Admin admin;

  /// Asks the brokers at these addresses.
  public KafkaJobs(String bootstrapServers) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  @Override
  public long count() throws IOException {
    long waiting = 0;
    for (Map.Entry<String, String> entry : GROUPS.entrySet()) {
      waiting += count(entry.getKey(), entry.getValue());
    }
    return waiting;
  }

  private long count(String topic, String group) throws IOException {
    List<TopicPartition> partitions = partitions(topic);
    if (partitions.isEmpty()) {
      return 0;
    }
    Map<TopicPartition, SharePartitionOffsetInfo> positions =
        await(
                admin
                    .listShareGroupOffsets(
                        Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(partitions)))
                    .partitionsToOffsetInfo(group))
            .orElse(Map.of());
    long waiting = 0;
    for (TopicPartition partition : partitions) {
      waiting +=
          waiting(
              offset(partition, OffsetSpec.earliest()),
              offset(partition, OffsetSpec.latest()),
              positions.get(partition));
    }
    return waiting;
  }

  /// A group without a position there has read nothing yet; one outside the log is of an earlier topic.
  private static long waiting(long begin, long end, @Nullable SharePartitionOffsetInfo position) {
    if (position == null || position.startOffset() < begin || position.startOffset() > end) {
      return end - begin;
    }
    return position.lag().orElse(end - position.startOffset());
  }

  private long offset(TopicPartition partition, OffsetSpec which) throws IOException {
    return await(admin.listOffsets(Map.of(partition, which)).partitionResult(partition))
        .map(ListOffsetsResultInfo::offset)
        .orElse(0L);
  }

  private List<TopicPartition> partitions(String topic) throws IOException {
    Optional<TopicDescription> description =
        await(
            Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
    return description.stream()
        .flatMap(known -> known.partitions().stream())
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /// The answer, or empty if there is no such topic or group.
  private static <T> Optional<T> await(KafkaFuture<T> future) throws IOException {
    try {
      return Optional.ofNullable(future.get(ANSWER_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
