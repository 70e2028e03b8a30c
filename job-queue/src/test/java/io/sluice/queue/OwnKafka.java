package io.sluice.queue;

import io.sluice.embedded.kafka.KafkaServer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Kafka that a test may stop and start again at the same address, with its data or without.
public final class OwnKafka implements AutoCloseable {

  private final Path directory;
  private final String bootstrapServers;
  private final int port;
  private @Nullable KafkaServer server;

  public OwnKafka(Path directory) throws IOException {
    this.directory = directory;
    KafkaServer started = KafkaServer.start(directory.resolve("first"), 0);
    this.server = started;
    this.port = started.port();
    this.bootstrapServers = started.bootstrapServers();
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// With everything it had.
  public void startAgain() throws IOException {
    server = KafkaServer.start(directory.resolve("first"), port);
  }

  /// As a new cluster: no topics, no groups, no settings.
  public void startEmpty() throws IOException {
    server = KafkaServer.start(directory.resolve("second"), port);
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
