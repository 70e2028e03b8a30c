package io.sluice.acceptance.torture;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// Brings the reaper's sweeps to their end without waiting for the grace period: the clock they go by is
/// the database's, so it is turned there. Sightings age; nothing else does.
public final class Sweeping {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final String AGE =
      "update orphan_sightings set first_seen_at = first_seen_at - interval '%d seconds'"
          .formatted(SystemPlan.ORPHAN_GRACE_SECONDS);

  private final SystemUnderTest system;
  private final Inspection inspection;

  /// Of a system that is quiet.
  ///
  /// @param inspection by rules without a grace period
  public Sweeping(SystemUnderTest system, Inspection inspection) {
    this.system = system;
    this.inspection = inspection;
  }

  /// Ages what the reaper saw until nothing is left that nobody owns.
  ///
  /// @param limit after which what is left is for the audit to judge
  public void finish(Duration limit) throws IOException, InterruptedException {
    Stop never = new Stop();
    long begin = System.nanoTime();
    while (!Auditor.swept(inspection.world()).isClean()
        && System.nanoTime() - begin < limit.toNanos()) {
      age();
      never.pause(LOOK_EVERY);
    }
  }

  /// Makes everything that the reaper saw without an owner old enough to be removed.
  public void age() throws IOException {
    try (Connection connection = DriverManager.getConnection(system.servers().jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(AGE);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
