package io.sluice.embedded.kafka;

import io.sluice.embedded.process.DurableFile;
import io.sluice.embedded.process.FreePort;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/// What a node must find again: the cluster it is and the ports it had.
///
/// @param clusterId Kafka's name for the cluster, made once
/// @param port of the clients' listener
/// @param controllerPort of the listener that only the broker itself uses
record KafkaNode(String clusterId, int port, int controllerPort) {

  private static final String FILE = "node.properties";

  /// The node of this directory; made if there is none.
  ///
  /// @param port as asked for; 0 means the one it had, if that is free, or any
  static KafkaNode in(Path directory, int port, int controllerPort) throws IOException {
    Properties known = new Properties();
    Path file = directory.resolve(FILE);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        known.load(reader);
      }
    }
    KafkaNode node =
        new KafkaNode(
            known.getProperty("cluster.id", Uuid.randomUuid().toString()),
            choose(port, known.getProperty("port", "0")),
            choose(controllerPort, known.getProperty("controller.port", "0")));
    node.write(file);
    return node;
  }

  private static int choose(int wanted, String had) throws IOException {
    int before = Integer.parseInt(had);
    return wanted == 0 && before != 0 && FreePort.isFree(before) ? before : FreePort.orPick(wanted);
  }

  private void write(Path file) throws IOException {
    DurableFile.replace(
        file,
        """
        # Written at every start. The cluster id must stay: the log refuses another.
        cluster.id=%s
        port=%d
        controller.port=%d
        """
            .formatted(clusterId, port, controllerPort));
  }
}
