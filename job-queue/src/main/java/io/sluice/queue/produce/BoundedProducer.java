package io.sluice.queue.produce;

import io.sluice.queue.client.KafkaClients;
import io.sluice.queue.client.ProduceCircuit;
import io.sluice.queue.produce.EnqueueResult.NotEnqueued;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Sends messages and waits for their acknowledgement, never longer than the produce timeout, and not at
/// all while Kafka is known to be away.
///
/// Partitions are taken in turn. The producer's own choice for messages without a key fills one
/// partition after another by bytes, and ours are so small that one partition would get them all.
public final class BoundedProducer {

  private static final NotEnqueued AWAY = new NotEnqueued("kafka is away");
  private static final NotEnqueued GIVEN_UP = new NotEnqueued("an earlier message failed");
  private static final NotEnqueued INTERRUPTED = new NotEnqueued("interrupted");

  private final KafkaClients clients;
  private final ProduceCircuit circuit;
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  public BoundedProducer(KafkaClients clients, ProduceCircuit circuit) {
    this.clients = clients;
    this.circuit = circuit;
  }

  /// Sends all of them; the answers are in their order. Never throws because of Kafka.
  public List<EnqueueResult> send(List<Outgoing> messages) {
    if (messages.isEmpty()) {
      return List.of();
    }
    if (!circuit.tryPass()) {
      return same(AWAY, messages.size());
    }
    List<EnqueueResult> results;
    Producer<byte[], byte[]> producer;
    try {
      producer = clients.producer();
      results = await(begin(producer, messages), messages.size());
    } catch (InterruptException e) {
      circuit.abandoned();
      return same(INTERRUPTED, messages.size());
    } catch (KafkaException | IllegalStateException e) {
      // The topic is unknown, the broker's name does not resolve, another thread has just discarded
      // the
      // producer: the broker may be well, so the keeper looks before anybody tries again.
      circuit.failed();
      return same(new NotEnqueued(describe(e)), messages.size());
    }
    report(producer, results);
    return results;
  }

  /// Whether messages go through as far as is known.
  public boolean reachable() {
    return circuit.closed();
  }

  private static List<EnqueueResult> same(EnqueueResult result, int count) {
    return Collections.nCopies(count, result);
  }

  private void report(Producer<byte[], byte[]> producer, List<EnqueueResult> results) {
    if (results.contains(INTERRUPTED)) {
      circuit.abandoned();
    } else if (results.stream().allMatch(result -> result instanceof EnqueueResult.Enqueued)) {
      circuit.succeeded();
    } else if (circuit.failed()) {
      clients.discard(producer);
    }
  }

  /// Stops at the first message that fails at once: each of them may block for a while before it does.
  private List<Future<RecordMetadata>> begin(
      Producer<byte[], byte[]> producer, List<Outgoing> messages) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
    for (Outgoing message : messages) {
      Future<RecordMetadata> future = begin(producer, message);
      sent.add(future);
      if (future.state() == Future.State.FAILED) {
        break;
      }
    }
    return sent;
  }

  private Future<RecordMetadata> begin(Producer<byte[], byte[]> producer, Outgoing message) {
    int partition = nextPartition(producer, message.topic());
    return producer.send(
        new ProducerRecord<>(
            message.topic(), partition, null, null, message.value(), message.headers()));
  }

  private int nextPartition(Producer<byte[], byte[]> producer, String topic) {
    List<PartitionInfo> partitions = producer.partitionsFor(topic);
    int turn = turns.computeIfAbsent(topic, key -> new AtomicInteger()).getAndIncrement();
    for (int i = 0; i < partitions.size(); i++) {
      PartitionInfo candidate = partitions.get(Math.floorMod(turn + i, partitions.size()));
      if (candidate.leader() != null) {
        return candidate.partition();
      }
    }
    return Math.floorMod(turn, partitions.size());
  }

  private List<EnqueueResult> await(List<Future<RecordMetadata>> sent, int count) {
    long deadline = System.nanoTime() + clients.produceTimeout().toNanos();
    List<EnqueueResult> results = new ArrayList<>(count);
    for (Future<RecordMetadata> future : sent) {
      results.add(await(future, deadline));
    }
    while (results.size() < count) {
      results.add(GIVEN_UP);
    }
    return List.copyOf(results);
  }

  private static EnqueueResult await(Future<RecordMetadata> future, long deadline) {
    try {
      future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return EnqueueResult.ENQUEUED;
    } catch (ExecutionException e) {
      return new NotEnqueued(describe(e.getCause()));
    } catch (TimeoutException e) {
      return new NotEnqueued("no acknowledgement in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  private static String describe(@Nullable Throwable failure) {
    return failure == null
        ? "unknown"
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
