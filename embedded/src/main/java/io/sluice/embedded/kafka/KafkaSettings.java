package io.sluice.embedded.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The settings of a broker that is alone and shares its machine.
final class KafkaSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String LOOPBACK = "127.0.0.1";

  private KafkaSettings() {}

  static Map<String, String> of(KafkaNode node, Path log) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", log.toString());
    settings.put("metric.reporters", "");
    settings.put("auto.create.topics.enable", "false");
    listeners(settings, node);
    alone(settings);
    quickToReturn(settings);
    shareGroups(settings);
    small(settings);
    return settings;
  }

  private static void listeners(Map<String, String> settings, KafkaNode node) {
    String clients = "PLAINTEXT://" + LOOPBACK + ":" + node.port();
    String controller = LOOPBACK + ":" + node.controllerPort();
    settings.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.put("advertised.listeners", clients);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    // Voters by configuration, not in the log: the ports may be others at the next start.
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
  }

  /// There is nobody to replicate to.
  private static void alone(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
  }

  /// After a `kill -9` the controller takes the old broker for alive until its session ends, and the new one waits.
  /// With 2 seconds a machine under heavy load fenced its only broker now and then, for no reason.
  private static void quickToReturn(Map<String, String> settings) {
    settings.put("broker.session.timeout.ms", "4000");
    settings.put("broker.heartbeat.interval.ms", "200");
    settings.put("controlled.shutdown.enable", "true");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  /// As much as Kafka allows: what ends a job is decided in PostgreSQL, never by a broker's limit.
  private static void shareGroups(Map<String, String> settings) {
    settings.put("group.share.max.size", "1000");
    settings.put("group.share.delivery.count.limit", "10");
    settings.put("group.share.record.lock.duration.ms", "60000");
    settings.put("group.share.max.record.lock.duration.ms", "3600000");
    settings.put("group.share.partition.max.record.locks", "10000");
    // A new worker gets its first job at its second heartbeat: after one second, not five.
    settings.put("group.share.min.heartbeat.interval.ms", "1000");
    settings.put("group.share.heartbeat.interval.ms", "1000");
  }

  private static void small(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("group.coordinator.threads", "1");
    settings.put("num.recovery.threads.per.data.dir", "2");
    // 128 MB of heap otherwise, to compact internal topics of a few hundred keys.
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
  }
}
