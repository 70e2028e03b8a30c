package io.sluice.queue.backlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is wanted of the workers.
///
/// @param drainTarget how soon a backlog should be worked off; decides how many workers are recommended
@ConfigurationProperties("sluice.queue")
record FlowSettings(@DefaultValue("60s") Duration drainTarget) {

  FlowSettings {
    if (drainTarget.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("sluice.queue.drain-target is below a second");
    }
  }

  /// What of a worker's settings says how much its slots hold.
  ///
  /// @param lightBatch most jobs that one slot of the light lane has in hand
  @ConfigurationProperties("sluice.worker")
  record LightSlots(@DefaultValue("100") int lightBatch) {
    LightSlots {
      if (lightBatch < 1) {
        throw new IllegalArgumentException("sluice.worker.light-batch is below 1");
      }
    }
  }
}
