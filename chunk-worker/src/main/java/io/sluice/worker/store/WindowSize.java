package io.sluice.worker.store;

import io.sluice.model.chunk.ChunkPlan;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/// How many jobs of one upload may be in the queue or in hand at once.
@Component
final class WindowSize {

  /// @param maxFairInflightChunksPerUpload 0 means half of the worker slots
  /// @param permitLease when a permit ends by itself; longer than a job waits and runs
  @ConfigurationProperties("sluice.window")
  record Settings(
      @DefaultValue("0") int maxFairInflightChunksPerUpload,
      @DefaultValue("10m") Duration permitLease) {

    Settings {
      if (maxFairInflightChunksPerUpload < 0) {
        throw new IllegalArgumentException(
            "sluice.window.max-fair-inflight-chunks-per-upload is negative");
      }
      if (permitLease.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("sluice.window.permit-lease is below a second");
      }
    }
  }

  /// @param slots heavy jobs of one worker at once
  @ConfigurationProperties("sluice.worker")
  record Slots(@DefaultValue("16") int slots) {}

  private final int permits;
  private final Duration lease;

  WindowSize(Settings settings, Slots slots) {
    int given = settings.maxFairInflightChunksPerUpload();
    this.permits = given > 0 ? given : Math.max(1, slots.slots() / 2);
    this.lease = settings.permitLease();
  }

  /// Whether an upload is large enough to need a window.
  boolean limits(ChunkPlan plan) {
    return plan.totalParts() > permits;
  }

  int permits() {
    return permits;
  }

  Duration lease() {
    return lease;
  }
}
