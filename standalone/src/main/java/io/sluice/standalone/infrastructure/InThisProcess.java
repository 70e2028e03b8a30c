package io.sluice.standalone.infrastructure;

import io.sluice.embedded.kafka.KafkaServer;
import io.sluice.standalone.supervision.Running;
import java.io.IOException;

/// Kafka in this JVM: it lives as long as we do.
///
/// @param server the broker
record InThisProcess(KafkaServer server) implements Running {

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public void stop() throws IOException {
    server.close();
  }
}
