package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// A reaper and a worker with a fresh database of their own, and the places of a system that runs: by their rows,
/// nothing there belongs to anybody.
public final class SecondDeployment implements AutoCloseable {

  private static final String DATABASE = "second";
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final String AGE =
      "update orphan_sightings set first_seen_at = first_seen_at - interval '%d seconds'"
          .formatted(SystemPlan.ORPHAN_GRACE_SECONDS);

  private final SystemUnderTest system;
  private final String jdbcUrl;
  private final List<Service> services;

  private SecondDeployment(SystemUnderTest system, String jdbcUrl) throws IOException {
    this.system = system;
    this.jdbcUrl = jdbcUrl;
    services =
        List.of(system.stranger(Role.REAPER, jdbcUrl), system.stranger(Role.WORKER, jdbcUrl));
  }

  /// Lays one out; nothing runs yet.
  public static SecondDeployment beside(SystemUnderTest system) throws IOException {
    return new SecondDeployment(system, system.servers().ensureDatabase(DATABASE));
  }

  /// Starts it. Whether it will ever be ready is its own affair.
  public void launch() throws IOException {
    for (Service service : services) {
      service.launch();
    }
  }

  /// Lets it run, and makes whatever it sees without an owner old enough to be removed.
  public void sweepFor(Duration length, Stop stop) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < length.toNanos() && !stop.pause(LOOK_EVERY)) {
      age();
    }
  }

  private void age() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(AGE);
    } catch (SQLException noTableYet) {
      // It makes its tables when it starts.
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (Service service : services) {
        service.kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      system.servers().dropDatabase(DATABASE);
    }
  }
}
