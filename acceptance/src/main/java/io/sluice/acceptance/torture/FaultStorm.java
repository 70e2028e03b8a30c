package io.sluice.acceptance.torture;

import io.sluice.acceptance.fault.Fault;
import io.sluice.acceptance.fault.Target;
import io.sluice.acceptance.workload.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Lets one fault after another strike until it is told to stop.
final class FaultStorm implements Runnable {

  private static final int LONGEST_PAUSE_MILLIS = 4000;

  /// One fault that struck.
  ///
  /// @param trouble what went wrong with the fault itself, or ""
  record Strike(Duration at, String fault, Duration lasted, String trouble) {}

  private final List<Fault> faults;
  private final Target target;
  private final Random random;
  private final long begin = System.nanoTime();
  private final List<Strike> strikes = new ArrayList<>();

  FaultStorm(List<Fault> faults, Target target, Random random) {
    this.faults = faults;
    this.target = target;
    this.random = random;
  }

  @Override
  public void run() {
    Stop stop = target.stop();
    System.out.println("      after  fault                      lasted");
    try {
      // Every fault once before any twice, so that a short run meets many kinds.
      List<Fault> left = new ArrayList<>();
      while (!stop.pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)))
          && !faults.isEmpty()) {
        if (left.isEmpty()) {
          left.addAll(faults);
        }
        strike(left.remove(random.nextInt(left.size())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void strike(Fault fault) throws InterruptedException {
    Duration at = sinceBegin();
    String trouble = "";
    try {
      fault.act().strike(target, new Random(random.nextLong()));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      trouble = e.toString();
    }
    Strike strike = new Strike(at, fault.name(), sinceBegin().minus(at), trouble);
    synchronized (strikes) {
      strikes.add(strike);
    }
    System.out.printf(
        "%7.1f s  %-26s %5.1f s  %s%n",
        at.toMillis() / 1000.0, fault.name(), strike.lasted().toMillis() / 1000.0, trouble);
  }

  private Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// How often one of them struck.
  int strikesOf(String fault) {
    return Math.toIntExact(strikes().stream().filter(one -> one.fault().equals(fault)).count());
  }

  List<Strike> strikes() {
    synchronized (strikes) {
      return List.copyOf(strikes);
    }
  }
}
