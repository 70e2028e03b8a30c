package io.sluice.worker.lease;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Work that may outlive the lock of its record.
///
/// @param longJobs long jobs at once in one process
/// @param lease how long after its worker died or froze a long job, or a part that takes long, is begun
///     again; renewed three times as often
/// @param drainTimeout how long a stop waits for long jobs before it interrupts them
@ConfigurationProperties("sluice.worker")
public record LeaseSettings(
    @DefaultValue("4") int longJobs,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("20s") Duration drainTimeout) {

  public LeaseSettings {
    if (longJobs < 1 || longJobs > 100) {
      throw new IllegalArgumentException(
          "sluice.worker.long-jobs is %d, must be 1 to 100".formatted(longJobs));
    }
    if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "sluice.worker.lease is %s, must be a second to an hour".formatted(lease));
    }
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("sluice.worker.drain-timeout is negative");
    }
  }
}
