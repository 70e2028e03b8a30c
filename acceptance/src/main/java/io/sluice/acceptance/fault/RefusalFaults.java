package io.sluice.acceptance.fault;

import io.sluice.acceptance.proxy.FaultPlan;
import io.sluice.acceptance.proxy.Refusal;
import io.sluice.acceptance.proxy.Refusals;
import io.sluice.acceptance.proxy.S3FaultProxy;
import io.sluice.acceptance.proxy.S3Operation;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// An S3 server that says no: with any status and any body, to anything it can be asked.
final class RefusalFaults {

  private static final int SOME_PERMILLE = 200;
  private static final int FEW_PERMILLE = 30;

  private RefusalFaults() {}

  static List<Fault> all() {
    return List.of(
        fault("s3-refuses-writes", RefusalFaults::writes),
        fault("s3-refuses-some-objects", RefusalFaults::someObjects),
        fault("s3-refuses-everything", RefusalFaults::everything),
        fault("s3-refuses-one-operation", RefusalFaults::oneOperation),
        new Fault("s3-refuses-for-good", RefusalFaults::forGood));
  }

  static Refusal writes(Random random) {
    return Refusal.ofWrites(Refusals.draw(random));
  }

  static Refusal someObjects(Random random) {
    return Refusal.ofSomeObjects(SOME_PERMILLE, Refusals.draw(random));
  }

  static Refusal everything(Random random) {
    return Refusal.ofEverything(Refusals.draw(random));
  }

  static Refusal oneOperation(Random random) {
    S3Operation[] operations = S3Operation.values();
    return Refusal.of(operations[random.nextInt(operations.length)], Refusals.draw(random));
  }

  static Refusal fewObjects(Random random) {
    return Refusal.ofSomeObjects(FEW_PERMILLE, Refusals.draw(random));
  }

  /// A few objects are refused until the run heals everything: behind all that happens meanwhile.
  private static void forGood(Target target, Random random) {
    faults(target).refuseUntilHealed(fewObjects(random));
  }

  private static FaultPlan faults(Target target) {
    return target.proxy().map(S3FaultProxy::faults).orElseThrow();
  }

  private static Fault fault(String name, Function<Random, Refusal> drawing) {
    return new Fault(
        name,
        (target, random) -> {
          FaultPlan faults = faults(target);
          try {
            faults.refuse(drawing.apply(random));
            target.last(random, 5, 20);
          } finally {
            faults.calm();
          }
        });
  }
}
