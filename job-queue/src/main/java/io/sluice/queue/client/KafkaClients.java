package io.sluice.queue.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Makes Kafka clients; shares one producer and one admin client for the whole process.
///
/// Clients are made when first needed, not at start: making one throws while the broker's name does not
/// resolve, and the process must start all the same. Whoever asks must expect a
/// [org.apache.kafka.common.KafkaException] and ask again later.
public final class KafkaClients implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final int SLOWEST_RECONNECT_MILLIS = 500;

  /// How long a fetch may stay open at a broker. A consumer's close waits for it, and where partitions
  /// have several leaders a consumer asks one after another; shorter costs idle work on both sides.
  private static final int FETCH_WAIT_MILLIS = 500;

  private final ClientSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Producer<byte[], byte[]> producer;
  private @Nullable Admin admin;
  private boolean closed;

  public KafkaClients(ClientSettings settings) {
    this.settings = settings;
  }

  /// The longest one question to Kafka may take.
  public Duration adminTimeout() {
    return settings.adminTimeout();
  }

  /// The longest a produce may take.
  public Duration produceTimeout() {
    return settings.produceTimeout();
  }

  /// The shared producer: acknowledged by all in-sync replicas, idempotent, sending at once, giving up
  /// after the produce timeout.
  public Producer<byte[], byte[]> producer() {
    lock.lock();
    try {
      refuseIfClosed();
      Producer<byte[], byte[]> made = producer;
      if (made == null) {
        made = newProducer();
        producer = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /// Throws a producer away that no longer works (some errors are final for a producer), so that the next
  /// question makes a new one. A producer that was replaced already is left alone.
  public void discard(Producer<byte[], byte[]> broken) {
    lock.lock();
    try {
      if (!broken.equals(producer)) {
        return;
      }
      producer = null;
    } finally {
      lock.unlock();
    }
    broken.close(Duration.ZERO);
  }

  /// The shared admin client.
  public Admin admin() {
    lock.lock();
    try {
      refuseIfClosed();
      Admin made = admin;
      if (made == null) {
        made = Admin.create(adminProperties());
        admin = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /// A member of a share group with explicit acknowledgement, which never holds more records than a poll
  /// returns. The caller owns it; it may be used by one platform thread only.
  public ShareConsumer<byte[], byte[]> shareConsumer(String group, String name, int batch) {
    Map<String, Object> properties = common(name);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
    // The default mode hands out whole producer batches whatever max.poll.records says, and what a
    // slot
    // has not polled yet would be locked away from idle ones.
    properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    return new KafkaShareConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /// A consumer of no group, to look at records. The caller owns it.
  public Consumer<byte[], byte[]> reader() {
    Map<String, Object> properties = common("reader");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4096);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, adminMillis());
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, adminMillis());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (producer != null) {
        producer.close(CLOSE_TIMEOUT);
        producer = null;
      }
      if (admin != null) {
        admin.close(CLOSE_TIMEOUT);
        admin = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new KafkaException("the process is stopping");
    }
  }

  private Producer<byte[], byte[]> newProducer() {
    int produceMillis = Math.toIntExact(settings.produceTimeout().toMillis());
    int blockMillis = produceMillis / 3;
    int deliveryMillis = produceMillis - blockMillis;
    Map<String, Object> properties = common("producer");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMillis);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, deliveryMillis);
    properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> adminProperties() {
    Map<String, Object> properties = common("admin");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, adminMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, adminMillis());
    return properties;
  }

  private Map<String, Object> common(String name) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + "-" + name);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, SLOWEST_RECONNECT_MILLIS);
    // No metrics over JMX: nobody reads them there, and MBeans of equal client ids clash in one
    // JVM.
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }

  private int adminMillis() {
    return Math.toIntExact(settings.adminTimeout().toMillis());
  }
}
