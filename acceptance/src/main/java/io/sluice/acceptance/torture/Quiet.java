package io.sluice.acceptance.torture;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.audit.Report;
import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.time.Duration;

/// Waits until nothing moves any more.
public final class Quiet {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Inspection inspection;

  /// Waits for the system that is inspected.
  public Quiet(Inspection inspection) {
    this.inspection = inspection;
  }

  /// Looks again and again.
  ///
  /// @return how long it took, or the limit if it never came
  public Duration await(Duration limit) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Stop never = new Stop();
    while (true) {
      Duration passed = Duration.ofNanos(System.nanoTime() - begin);
      Report report = Auditor.settled(inspection.world());
      if (report.isClean() || passed.compareTo(limit) > 0) {
        return passed;
      }
      never.pause(LOOK_EVERY);
    }
  }
}
