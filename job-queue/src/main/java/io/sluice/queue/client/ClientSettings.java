package io.sluice.queue.client;

import java.time.Duration;
import java.util.Map;

/// What every Kafka client of this process has in common.
///
/// @param produceTimeout the longest a produce may take, all told
/// @param adminTimeout the longest one question may take
/// @param properties given to every client as they are
public record ClientSettings(
    String bootstrapServers,
    String clientId,
    Duration produceTimeout,
    Duration adminTimeout,
    Map<String, String> properties) {

  public ClientSettings {
    properties = Map.copyOf(properties);
  }
}
