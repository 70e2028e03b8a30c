package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Processes that die, fail or wait at exact places in their code.
public final class FailpointFaults {

  private static final String THROW_IN = "throw-in-";

  /// Makes one request at most fail as a defect of the gateway would.
  public static final String THROW_IN_GATEWAY = THROW_IN + Role.GATEWAY.word();

  private static final int WITHIN_SECONDS = 8;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private FailpointFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    for (Role role : Role.values()) {
      String word = role.word();
      faults.add(new Fault("halt-in-" + word, (target, random) -> halt(target, role, random)));
      faults.add(
          new Fault(
              THROW_IN + word,
              (target, random) -> set(target, role, random, "throw@" + (1 + random.nextInt(4)))));
      faults.add(
          new Fault(
              "delay-in-" + word,
              (target, random) -> set(target, role, random, "delay:" + random.nextInt(3000))));
    }
    return faults;
  }

  private static String any(Role role, Random random) {
    List<String> failpoints = Failpoints.of(role);
    return failpoints.get(random.nextInt(failpoints.size()));
  }

  private static void halt(Target target, Role role, Random random)
      throws IOException, InterruptedException {
    Service service = target.any(role, random);
    try {
      service.failpoints(any(role, random) + "=halt@" + (1 + random.nextInt(4)));
      long deadline = System.nanoTime() + Duration.ofSeconds(WITHIN_SECONDS).toNanos();
      while (service.isAlive() && System.nanoTime() < deadline) {
        if (target.stop().pause(LOOK_EVERY)) {
          break;
        }
      }
    } finally {
      service.failpoints();
      Target.revive(service);
    }
  }

  private static void set(Target target, Role role, Random random, String action)
      throws IOException, InterruptedException {
    Service service = target.any(role, random);
    try {
      service.failpoints(any(role, random) + "=" + action);
      target.last(random, 2, WITHIN_SECONDS);
    } finally {
      service.failpoints();
    }
  }
}
