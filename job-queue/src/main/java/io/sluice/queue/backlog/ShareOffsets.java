package io.sluice.queue.backlog;

import io.sluice.queue.client.Answers;
import io.sluice.queue.client.KafkaClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Asks Kafka how far a share group has come.
final class ShareOffsets {

  /// One partition.
  ///
  /// @param oldestOffset offset of the first record that is not acknowledged
  /// @param records how many are not acknowledged; 0 if there are none, and then `oldestOffset` is where
  ///     the next record will be
  /// @param endOffset where the next record will be
  record Position(long oldestOffset, long records, long endOffset) {}

  private final KafkaClients clients;

  ShareOffsets(KafkaClients clients) {
    this.clients = clients;
  }

  /// The position in each partition of a topic; empty if there is no such topic.
  Map<TopicPartition, Position> read(String group, String topic) throws InterruptedException {
    List<TopicPartition> partitions = partitions(topic);
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Admin admin = clients.admin();
    var begins = admin.listOffsets(toSpec(partitions, OffsetSpec.earliest()));
    var ends = admin.listOffsets(toSpec(partitions, OffsetSpec.latest()));
    Map<TopicPartition, SharePartitionOffsetInfo> shares = shares(admin, group, partitions);
    Map<TopicPartition, Position> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long begin = Answers.await(begins.partitionResult(partition)).offset();
      long end = Answers.await(ends.partitionResult(partition)).offset();
      positions.put(partition, position(begin, end, shares.get(partition)));
    }
    return positions;
  }

  private List<TopicPartition> partitions(String topic) throws InterruptedException {
    var asked = clients.admin().describeTopics(List.of(topic)).topicNameValues().get(topic);
    try {
      return Answers.await(asked).partitions().stream()
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .toList();
    } catch (UnknownTopicOrPartitionException e) {
      return List.of();
    }
  }

  private static Map<TopicPartition, SharePartitionOffsetInfo> shares(
      Admin admin, String group, List<TopicPartition> partitions) throws InterruptedException {
    ListShareGroupOffsetsSpec spec = new ListShareGroupOffsetsSpec().topicPartitions(partitions);
    try {
      return Answers.await(
          admin.listShareGroupOffsets(Map.of(group, spec)).partitionsToOffsetInfo(group));
    } catch (GroupIdNotFoundException e) {
      // No member has ever joined: everything waits.
      return Map.of();
    }
  }

  private static Map<TopicPartition, OffsetSpec> toSpec(
      List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    partitions.forEach(partition -> specs.put(partition, spec));
    return specs;
  }

  /// Before the first acknowledgement the group has no position, and it may have one outside the log: in
  /// front of it when old records were removed unread, behind it when the topic was made anew.
  static Position position(long begin, long end, @Nullable SharePartitionOffsetInfo share) {
    if (share == null || share.startOffset() < begin || share.startOffset() > end) {
      return new Position(begin, end - begin, end);
    }
    long behind = end - share.startOffset();
    long records = share.lag().filter(lag -> lag >= 0 && lag <= behind).orElse(behind);
    return new Position(share.startOffset(), records, end);
  }
}
