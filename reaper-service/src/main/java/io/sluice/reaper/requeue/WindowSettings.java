package io.sluice.reaper.requeue;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The window of an upload, as gateways and workers have it.
///
/// @param maxFairInflightChunksPerUpload jobs of one upload in the queue or in hand at once; 0 means half
///     of the worker slots
/// @param permitLease when a permit ends by itself
@ConfigurationProperties("sluice.window")
record WindowSettings(
    @DefaultValue("0") int maxFairInflightChunksPerUpload,
    @DefaultValue("10m") Duration permitLease) {

  WindowSettings {
    if (maxFairInflightChunksPerUpload < 0) {
      throw new IllegalArgumentException(
          "sluice.window.max-fair-inflight-chunks-per-upload is negative");
    }
    if (permitLease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("sluice.window.permit-lease is below a second");
    }
  }

  /// @param slots jobs with large parts at once in one worker process
  @ConfigurationProperties("sluice.worker")
  record WorkerSlots(@DefaultValue("16") int slots) {
    WorkerSlots {
      if (slots < 0) {
        throw new IllegalArgumentException("sluice.worker.slots is negative");
      }
    }
  }

  int permits(WorkerSlots worker) {
    return maxFairInflightChunksPerUpload > 0
        ? maxFairInflightChunksPerUpload
        : Math.max(1, worker.slots() / 2);
  }
}
