package io.sluice.coordination.window;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The window of an upload, the same for gateways, workers and reapers.
///
/// @param maxFairInflightChunksPerUpload jobs of one upload in the queue or in hand at once; 0 means half
///     of the slots of all workers
/// @param permitLease when a permit ends by itself; longer than a job waits and runs
@ConfigurationProperties("sluice.window")
public record WindowSettings(
    @DefaultValue("0") int maxFairInflightChunksPerUpload,
    @DefaultValue("10m") Duration permitLease) {

  public WindowSettings {
    if (maxFairInflightChunksPerUpload < 0) {
      throw new IllegalArgumentException(
          "sluice.window.max-fair-inflight-chunks-per-upload is negative");
    }
    if (permitLease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("sluice.window.permit-lease is below a second");
    }
  }

  /// What is taken for the fleet as long as no worker of it is known.
  ///
  /// @param slots jobs with large parts at once in one worker process
  @ConfigurationProperties("sluice.worker")
  public record WorkerSlots(@DefaultValue("16") int slots) {
    public WorkerSlots {
      if (slots < 0) {
        throw new IllegalArgumentException("sluice.worker.slots is negative");
      }
    }
  }
}
