package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.StoreKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/// Processes that die, freeze and stop.
final class ProcessFaults {

  private ProcessFaults() {}

  static List<Fault> all(StoreKind store) {
    List<Fault> faults = new ArrayList<>();
    for (Role role : Role.values()) {
      String word = role.word();
      BiFunction<Target, Random, Member> any = (target, random) -> target.any(role, random);
      faults.add(kill("kill-" + word, any, 0, 4));
      faults.add(freeze("freeze-" + word, any, 1, 20));
      faults.add(stop("stop-" + word, any, 0, 2));
    }
    faults.add(freeze("freeze-worker-past-lease", (t, r) -> t.any(Role.WORKER, r), 46, 50));
    faults.addAll(server("postgres", (t, r) -> t.system().servers().postgres(), 2, 12));
    faults.addAll(server("kafka", (t, r) -> t.system().servers().kafka(), 2, 20));
    faults.add(freeze("freeze-kafka", (t, r) -> t.system().servers().kafka(), 2, 12));
    faults.addAll(server("redis", (t, r) -> t.system().servers().redis(), 2, 20));
    faults.add(freeze("freeze-redis", (t, r) -> t.system().servers().redis(), 2, 12));
    if (store == StoreKind.S3) {
      faults.addAll(server("s3", (t, r) -> t.system().servers().s3(), 2, 20));
      faults.add(freeze("freeze-s3", (t, r) -> t.system().servers().s3(), 2, 12));
    }
    faults.add(new Fault("kill-everything", ProcessFaults::killEverything));
    return faults;
  }

  private static List<Fault> server(
      String name, BiFunction<Target, Random, Member> member, int least, int most) {
    return List.of(
        kill("kill-" + name, member, least, most), stop("stop-" + name, member, least, most));
  }

  private static Fault kill(
      String name, BiFunction<Target, Random, Member> choice, int least, int most) {
    return new Fault(
        name,
        (target, random) -> {
          Member member = choice.apply(target, random);
          try {
            member.kill();
            target.last(random, least, most);
          } finally {
            Target.revive(member);
          }
        });
  }

  private static Fault stop(
      String name, BiFunction<Target, Random, Member> choice, int least, int most) {
    return new Fault(
        name,
        (target, random) -> {
          Member member = choice.apply(target, random);
          try {
            member.stop();
            target.last(random, least, most);
          } finally {
            Target.revive(member);
          }
        });
  }

  private static Fault freeze(
      String name, BiFunction<Target, Random, Member> choice, int least, int most) {
    return new Fault(
        name,
        (target, random) -> {
          Member member = choice.apply(target, random);
          try {
            member.freeze();
            target.last(random, least, most);
          } finally {
            member.thaw();
          }
        });
  }

  private static void killEverything(Target target, Random random)
      throws IOException, InterruptedException {
    try {
      for (Member member : target.system().members()) {
        member.kill();
      }
      target.last(random, 0, 2);
    } finally {
      target.system().start();
    }
  }
}
