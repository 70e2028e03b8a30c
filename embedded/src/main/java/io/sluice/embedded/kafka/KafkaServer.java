package io.sluice.embedded.kafka;

import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.DirectoryTree;
import io.sluice.embedded.process.DurableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/// Kafka in this JVM: one node, broker and controller, on 127.0.0.1, its data in one directory and found again.
///
/// It logs much through the loggers `kafka`, `org.apache.kafka` and `state.change.logger`: set them to `warn`.
/// A broker that can no longer write its log ends the JVM it runs in (Kafka's own rule); [KafkaMain] gives it one.
public final class KafkaServer implements AutoCloseable {

  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final KafkaNode node;

  private KafkaServer(DirectoryLock lock, KafkaRaftServer server, KafkaNode node) {
    this.lock = lock;
    this.server = server;
    this.node = node;
  }

  /// Starts with the controller on the port it had before, or on a free one.
  ///
  /// @param directory all its files; created and formatted if empty
  /// @param port for clients; 0 means the one it had before, if that is free, or any
  public static KafkaServer start(Path directory, int port) throws IOException {
    return start(directory, port, 0);
  }

  /// Starts and returns when it serves.
  ///
  /// @param controllerPort for the controller's own listener; 0 as for the port
  /// @throws io.sluice.embedded.process.DirectoryInUseException if a living process runs a server on the directory
  public static KafkaServer start(Path directory, int port, int controllerPort) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      KafkaNode node = KafkaNode.in(directory, port, controllerPort);
      Path log = directory.toRealPath().resolve("log");
      formatIfNew(node, log);
      Map<String, String> settings = KafkaSettings.of(node, log);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      startUp(server);
      return new KafkaServer(lock, server, node);
    } catch (Throwable failed) {
      lock.close();
      throw failed;
    }
  }

  private static void startUp(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (Throwable failed) {
      // Scala code throws what it does not declare; whatever it is, threads and ports must not
      // stay.
      server.shutdown();
      throw failed;
    }
  }

  /// Kafka does not sync what it formats, and without it a log that outlived a power failure cannot be opened any more.
  /// So a log has its name only once all of it is on the disk.
  private static void formatIfNew(KafkaNode node, Path log) throws IOException {
    if (Files.exists(log)) {
      // Only refuses what belongs to another cluster.
      format(node, log);
      return;
    }
    Path draft = log.resolveSibling(log.getFileName() + ".next");
    DirectoryTree.delete(draft);
    format(node, draft);
    DirectoryTree.sync(draft);
    DurableFile.rename(draft, log);
  }

  private static void format(KafkaNode node, Path log) throws IOException {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(KafkaSettings.NODE_ID)
          .setClusterId(node.clusterId())
          .addDirectory(log.toString())
          .setMetadataLogDirectory(log.toString())
          .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .run();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IOException("cannot format " + log, failed);
    }
  }

  /// Where clients find it, as `host:port`.
  public String bootstrapServers() {
    return "127.0.0.1:" + node.port();
  }

  /// The port for clients.
  public int port() {
    return node.port();
  }

  /// Kafka's name for this cluster; the same at every start on the directory.
  public String clusterId() {
    return node.clusterId();
  }

  /// Leaves in order and returns when everything is closed.
  @Override
  public void close() throws IOException {
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      lock.close();
    }
  }
}
