package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Random;

/// Services that somebody has set up wrongly, beside those that are right.
final class MisconfigurationFaults {

  private MisconfigurationFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("second-deployment", MisconfigurationFaults::secondDeployment),
        new Fault("configuration-changed", MisconfigurationFaults::configurationChanged),
        new Fault("host-clock-back", MisconfigurationFaults::hostClockBack));
  }

  /// To it, everything here is without an owner.
  private static void secondDeployment(Target target, Random random)
      throws IOException, InterruptedException {
    try (SecondDeployment second = SecondDeployment.beside(target.system())) {
      second.launch();
      second.sweepFor(Duration.ofSeconds(15 + random.nextInt(10)), target.stop());
    }
  }

  private static void configurationChanged(Target target, Random random)
      throws IOException, InterruptedException {
    Role[] roles = Role.values();
    Service service = target.any(roles[random.nextInt(roles.length)], random);
    List<Entry<String, String>> changes = changes(target.system());
    Entry<String, String> change = changes.get(random.nextInt(changes.size()));
    try {
      service.stop();
      service.environment(change.getKey(), change.getValue());
      service.launch();
      target.last(random, 8, 20);
    } finally {
      service.kill();
      service.environmentWithout(change.getKey());
      target.readyAgain();
    }
  }

  /// Each names a place that is not ours.
  private static List<Entry<String, String>> changes(SystemUnderTest system) {
    Path elsewhere = system.storageRoot().resolveSibling("elsewhere");
    Entry<String, String> staging = Map.entry("STAGING_ROOT", elsewhere.toString());
    return system.plan().store() == StoreKind.LOCAL
        ? List.of(staging, Map.entry("STORAGE_ROOT", elsewhere.toString()))
        : List.of(
            staging,
            Map.entry("STORAGE_BACKEND", "local"),
            Map.entry("S3_PREFIX", "elsewhere/"),
            Map.entry("S3_BUCKET", "elsewhere"));
  }

  private static void hostClockBack(Target target, Random random)
      throws IOException, InterruptedException {
    Optional<Path> library = WrongClock.library(target.system().runDirectory());
    if (library.isEmpty()) {
      return;
    }
    for (Role role : Role.values()) {
      Service service = target.any(role, random);
      try {
        service.stop();
        WrongClock.set(service, library.get(), Duration.ofDays(-1));
        service.launch();
        target.last(random, 6, 12);
      } finally {
        service.kill();
        WrongClock.setRight(service);
        target.readyAgain();
      }
    }
  }
}
