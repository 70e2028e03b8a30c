package io.sluice.queue.slot;

import io.sluice.failpoint.Failpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The share consumer of one slot. Only [#wake] may be called from another thread.
final class SlotConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SlotConsumer.class);

  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ShareConsumer<byte[], byte[]> consumer;
  private final SlotCounts counts;
  private final Duration wantedLock;
  private volatile boolean polling;

  SlotConsumer(
      ShareConsumer<byte[], byte[]> consumer,
      String topic,
      Duration wantedLock,
      SlotCounts counts) {
    this.consumer = consumer;
    this.wantedLock = wantedLock;
    this.counts = counts;
    consumer.subscribe(Set.of(topic));
  }

  /// Waits for records; none if [#wake] was called or the time is over.
  List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) {
    polling = true;
    try {
      return StreamSupport.stream(consumer.poll(timeout).spliterator(), false).toList();
    } catch (WakeupException e) {
      return List.of();
    } finally {
      polling = false;
    }
  }

  /// Ends a poll that is under way.
  void wake() {
    if (polling) {
      consumer.wakeup();
    }
  }

  /// How long the records of the last poll belong to this slot.
  Duration lock() {
    return consumer
        .acquisitionLockTimeoutMs()
        .map(millis -> Duration.ofMillis(millis.longValue()))
        .orElse(wantedLock);
  }

  /// Marks a record as settled; [#commit] tells the broker.
  void accept(ConsumerRecord<byte[], byte[]> record) {
    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
  }

  /// Tells the broker what is settled. A refusal is no error: the lock was lost, or the answer was, and
  /// the job comes again and finds itself done.
  void commit() {
    Failpoint.hit("queue.before-acknowledge");
    commitOrFail()
        .forEach((partition, failure) ->
            failure.ifPresent(cause -> {
              counts.acknowledgementFailed();
              LOG.info("acknowledgement in {} failed: {}", partition, cause.toString());
            }));
  }

  private Map<TopicIdPartition, Optional<KafkaException>> commitOrFail() {
    try {
      return consumer.commitSync(COMMIT_TIMEOUT);
    } catch (WakeupException e) {
      // A wake that came just as the poll ended. It was for the poll.
      return consumer.commitSync(COMMIT_TIMEOUT);
    }
  }

  /// Leaves the group. Records without acknowledgement go to another member at once.
  @Override
  public void close() {
    // An interrupt has done its work by now; left set, it would make the close fail half way.
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close(CLOSE_TIMEOUT);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
