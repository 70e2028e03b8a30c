package io.sluice.acceptance.fault;

import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What anybody with access to the brokers can do to the job topics.
public final class JobTopics implements AutoCloseable {

  private static final long ANSWER_SECONDS = 30;
  private static final Duration POLL = Duration.ofMillis(500);

  /// Longer than the session of a member that was killed.
  private static final Duration EMPTY_WITHIN = Duration.ofSeconds(60);

  private final Map<String, Object> settings;
  private final Admin admin;

  /// Talks to these brokers.
  public JobTopics(String bootstrapServers) {
    settings = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(settings);
  }

  /// Deletes a topic with all that is in it.
  public void delete(String topic) throws IOException {
    try {
      await(admin.deleteTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
    } catch (UnknownTopicOrPartitionException gone) {
      // Another fault was first.
    }
  }

  /// Sets a share group back to the first record of a topic, once the brokers know that it has no members.
  public void resetToEarliest(String topic, String group) throws IOException, InterruptedException {
    Map<TopicPartition, Long> first = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.beginningOffsets(partitions(consumer, topic)).forEach(first::put);
    }
    Stop never = new Stop();
    long deadline = System.nanoTime() + EMPTY_WITHIN.toNanos();
    while (true) {
      try {
        await(
            admin
                .alterShareGroupOffsets(group, first)
                .all()
                .toCompletionStage()
                .toCompletableFuture());
        return;
      } catch (GroupNotEmptyException membersThatWereKilled) {
        if (System.nanoTime() - deadline > 0) {
          throw membersThatWereKilled;
        }
        never.pause(POLL);
      }
    }
  }

  /// Reads the values of a topic's records from its beginning.
  ///
  /// @param most how many at most
  public List<byte[]> read(String topic, int most) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      while (!records.isEmpty() && values.size() < most) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          values.add(record.value());
        }
        records = consumer.poll(POLL);
      }
    }
    return values;
  }

  /// Appends records with these values.
  public void produce(String topic, List<byte[]> values) throws IOException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (byte[] value : values) {
        sent.add(producer.send(new ProducerRecord<>(topic, value)));
      }
      for (Future<?> future : sent) {
        await(future);
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("enable.auto.commit", false);
    own.put("allow.auto.create.topics", false);
    return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
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
