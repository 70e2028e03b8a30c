package io.sluice.queue.backlog;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.ShareOffsets.Position;
import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.message.Decoded;
import io.sluice.queue.message.JobCodec;
import io.sluice.queue.topic.JobTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// [QueueBacklog] on Kafka.
public final class KafkaQueueBacklog implements QueueBacklog {

  private static final Duration ONE_POLL = Duration.ofMillis(200);

  private final KafkaClients clients;
  private final JobTopics topics;
  private final JobCodec codec;
  private final ShareOffsets offsets;
  private final ShareMembers members;

  public KafkaQueueBacklog(KafkaClients clients, JobTopics topics, JobCodec codec) {
    this.clients = clients;
    this.topics = topics;
    this.codec = codec;
    this.offsets = new ShareOffsets(clients);
    this.members = new ShareMembers(clients);
  }

  @Override
  public OptionalLong records(Lane lane) {
    return switch (ask(lane, false)) {
      case LaneBacklog.Known known -> OptionalLong.of(known.records());
      case LaneBacklog.Unknown unknown -> OptionalLong.empty();
    };
  }

  @Override
  public Optional<LaneCount> count(Lane lane) {
    return answered(() -> {
      Collection<Position> positions = positions(lane).values();
      return new LaneCount(
          positions.stream().mapToLong(Position::endOffset).sum(), recordsOf(positions));
    });
  }

  @Override
  public Optional<LaneMembers> members(Lane lane) {
    return answered(() -> members.read(topics.groupOf(lane)));
  }

  @Override
  public LaneBacklog read(Lane lane) {
    return ask(lane, true);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  private static <T> Optional<T> answered(Question<T> question) {
    try {
      return Optional.of(question.ask());
    } catch (KafkaException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Map<TopicPartition, Position> positions(Lane lane) throws InterruptedException {
    return offsets.read(topics.groupOf(lane), topics.of(lane));
  }

  private static long recordsOf(Collection<Position> positions) {
    return positions.stream().mapToLong(Position::records).sum();
  }

  private LaneBacklog ask(Lane lane, boolean withOldest) {
    try {
      Map<TopicPartition, Position> positions = positions(lane);
      long records = recordsOf(positions.values());
      if (records == 0 || !withOldest) {
        return new LaneBacklog.Known(records, null);
      }
      return readOldest(lane, records, positions);
    } catch (KafkaException e) {
      return new LaneBacklog.Unknown(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new LaneBacklog.Unknown("interrupted");
    }
  }

  private LaneBacklog readOldest(Lane lane, long records, Map<TopicPartition, Position> positions) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    positions.forEach((partition, position) -> {
      if (position.records() > 0) {
        starts.put(partition, position.oldestOffset());
      }
    });
    Map<TopicPartition, Instant> oldest = firstOfEach(starts, lane);
    if (!oldest.keySet().containsAll(starts.keySet())) {
      return new LaneBacklog.Unknown("the oldest records could not be read in time");
    }
    return new LaneBacklog.Known(
        records, oldest.values().stream().min(Instant::compareTo).orElse(null));
  }

  private Map<TopicPartition, Instant> firstOfEach(Map<TopicPartition, Long> starts, Lane lane) {
    Map<TopicPartition, Instant> found = new HashMap<>();
    long deadline = System.nanoTime() + clients.adminTimeout().toNanos();
    try (Consumer<byte[], byte[]> reader = clients.reader()) {
      reader.assign(starts.keySet());
      starts.forEach(reader::seek);
      while (found.size() < starts.size() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(ONE_POLL)) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (found.putIfAbsent(partition, enqueuedAt(record, lane)) == null) {
            reader.pause(Set.of(partition));
          }
        }
      }
    }
    return found;
  }

  /// What cannot be read has at least the time at which the broker appended it.
  private Instant enqueuedAt(ConsumerRecord<byte[], byte[]> record, Lane lane) {
    return switch (codec.decode(record.value(), lane)) {
      case Decoded.Understood understood -> understood.enqueuedAt();
      case Decoded.Unsupported unsupported -> Instant.ofEpochMilli(record.timestamp());
      case Decoded.Unreadable unreadable -> Instant.ofEpochMilli(record.timestamp());
    };
  }
}
