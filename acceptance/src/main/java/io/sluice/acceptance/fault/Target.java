package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.proxy.S3FaultProxy;
import io.sluice.acceptance.workload.Stop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What faults strike.
///
/// @param system that runs
/// @param proxy between its workers and S3, if there is one
/// @param stop ends the run; a fault that hears it heals at once
public record Target(SystemUnderTest system, Optional<S3FaultProxy> proxy, Stop stop) {

  /// One of the services of a role.
  Service any(Role role, Random random) {
    List<Service> services = system.services(role);
    return services.get(random.nextInt(services.size()));
  }

  /// Lets a fault last for some seconds.
  void last(Random random, int leastSeconds, int mostSeconds) throws InterruptedException {
    int millis =
        leastSeconds * 1000 + random.nextInt(Math.max(1, (mostSeconds - leastSeconds) * 1000));
    stop.pause(Duration.ofMillis(millis));
  }

  /// Sees that a member runs, thawed.
  static void revive(Member member) throws IOException, InterruptedException {
    if (member.isAlive()) {
      member.thaw();
    } else {
      member.start();
    }
  }

  /// Sees that every service runs and says that it is ready.
  void readyAgain() throws IOException, InterruptedException {
    for (Service service : system.services()) {
      if (service.isAlive()) {
        service.thaw();
      } else {
        service.launch();
      }
    }
    for (Service service : system.services()) {
      service.awaitReady();
    }
  }
}
