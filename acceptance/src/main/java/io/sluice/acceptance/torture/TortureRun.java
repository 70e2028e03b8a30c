package io.sluice.acceptance.torture;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.audit.Report;
import io.sluice.acceptance.audit.Rules;
import io.sluice.acceptance.fault.FailpointFaults;
import io.sluice.acceptance.fault.PlaceFaults;
import io.sluice.acceptance.fault.Target;
import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.proxy.S3FaultProxy;
import io.sluice.acceptance.workload.Caller;
import io.sluice.acceptance.workload.Client;
import io.sluice.acceptance.workload.Gateways;
import io.sluice.acceptance.workload.GaveUpException;
import io.sluice.acceptance.workload.LeftUpload;
import io.sluice.acceptance.workload.Stop;
import io.sluice.acceptance.workload.Tally;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Starts a system, lets clients work while faults strike, heals, waits for quiet, audits, lets the clients
/// come back for what they left, and audits again.
public final class TortureRun {

  private static final Duration QUIET_LIMIT = Duration.ofMinutes(3);
  private static final Duration SWEEP_LIMIT = Duration.ofMinutes(1);

  /// After the faults a leftover may be as old as its grace, and the sweeps need some time.
  private static final long UNSWEPT_GRACE_SECONDS = SystemPlan.ORPHAN_GRACE_SECONDS + 60;

  /// Seven times the longest reaction of anything to its being told.
  private static final Duration CLIENTS_END = Duration.ofMinutes(7);

  private final TorturePlan plan;
  private final Tally tally = new Tally();
  private final Queue<LeftUpload> left = new ConcurrentLinkedQueue<>();
  private final Path histories;

  /// A run of a plan.
  public TortureRun(TorturePlan plan) {
    this.plan = plan;
    histories = plan.directory().resolve("histories");
  }

  /// Runs it.
  public TortureResult run() throws IOException, InterruptedException {
    try (SystemUnderTest system = SystemUnderTest.in(plan.directory(), plan.system());
        Interruptible _ = new Interruptible(system);
        HttpClient http = HttpClient.newHttpClient()) {
      say("starting");
      system.startServers();
      Optional<S3FaultProxy> proxy = proxy(system);
      system.startServices();
      Set<String> foreign = ForeignObjects.plant(system, new Random(plan.seed()));
      Gateways gateways = new Gateways(http, system.gateways(), SystemUnderTest.API_KEY);
      Stop stop = new Stop();
      FaultStorm storm =
          new FaultStorm(plan.faults(), new Target(system, proxy, stop), new Random(plan.seed()));
      underLoad(gateways, storm, stop);
      List<String> foundDead = heal(system, proxy);
      try (Inspection unswept =
              new Inspection(
                  system, histories, http, rules(UNSWEPT_GRACE_SECONDS, storm), foreign);
          Inspection inspection =
              new Inspection(system, histories, http, rules(Rules.NO_GRACE, storm), foreign)) {
        say("waiting for quiet");
        Duration untilQuiet = new Quiet(unswept).await(QUIET_LIMIT);
        say("auditing");
        Report first = Auditor.audit(unswept.world());
        say("clients come back for %d uploads they left".formatted(left.size()));
        comeBack(gateways);
        new Quiet(unswept).await(QUIET_LIMIT);
        say("sweeping, and auditing again");
        new Sweeping(system, inspection).finish(SWEEP_LIMIT);
        Report second = Auditor.audit(inspection.world());
        return new TortureResult(
            plan.seed(),
            storm.strikes(),
            tally.all(),
            foundDead,
            untilQuiet,
            StoreTimes.in(system.servers().jdbcUrl()),
            first,
            second,
            faultCounts(proxy));
      } finally {
        if (proxy.isPresent()) {
          proxy.get().close();
        }
      }
    }
  }

  private Optional<S3FaultProxy> proxy(SystemUnderTest system) throws IOException {
    if (plan.system().store() == StoreKind.LOCAL) {
      return Optional.empty();
    }
    S3FaultProxy proxy = S3FaultProxy.start(system.servers().s3Server().endpoint());
    system.reachS3Through(proxy.address());
    return Optional.of(proxy);
  }

  private static Map<String, Integer> faultCounts(Optional<S3FaultProxy> proxy) {
    return proxy.map(p -> p.faults().counts()).orElse(Map.of());
  }

  private static Rules rules(long graceSeconds, FaultStorm storm) {
    // Poison is put in on purpose, and giving it up is what should happen to it.
    return new Rules(
        graceSeconds,
        Integer.MAX_VALUE,
        false,
        Set.of("unreadable_message"),
        false,
        storm.strikesOf(FailpointFaults.THROW_IN_GATEWAY),
        storm.strikesOf(PlaceFaults.STAGING_EMPTIED) > 0);
  }

  private static void say(String what) {
    System.out.println("           " + what);
  }

  private void underLoad(Gateways gateways, FaultStorm storm, Stop stopFaults)
      throws IOException, InterruptedException {
    Stop stopClients = new Stop();
    List<Thread> clients = new ArrayList<>();
    List<HistoryFile> files = new ArrayList<>();
    Random seeds = new Random(plan.seed());
    for (int number = 0; number < plan.clients(); number++) {
      String name = "client-" + number;
      HistoryFile history = new HistoryFile(histories, name);
      files.add(history);
      Random own = new Random(seeds.nextLong());
      Caller caller =
          new Caller(gateways, history, tally, stopClients, new Random(seeds.nextLong()));
      clients.add(
          Thread.ofVirtual()
              .name(name)
              .start(
                  new Client(
                      name,
                      caller,
                      own,
                      plan.sizes(),
                      plan.wholeFileProbability(),
                      stopClients,
                      left::add)));
    }
    Thread storming = Thread.ofPlatform().name("faults").start(storm);
    stopFaults.pause(plan.length());
    stopFaults.tell();
    storming.join();
    stopClients.tell();
    for (Thread client : clients) {
      if (!client.join(CLIENTS_END)) {
        throw new IOException(client.getName() + " does not end");
      }
    }
    for (HistoryFile file : files) {
      file.close();
    }
  }

  /// @return members that were dead: faults start again what they kill, and a service never ends by itself
  private static List<String> heal(SystemUnderTest system, Optional<S3FaultProxy> proxy)
      throws IOException, InterruptedException {
    proxy.ifPresent(p -> p.faults().heal());
    List<String> dead = new ArrayList<>();
    for (Member member : system.members()) {
      if (member.isAlive()) {
        member.thaw();
      } else {
        dead.add(member.name());
        member.start();
      }
    }
    return dead;
  }

  /// Clients come back for what they left.
  private void comeBack(Gateways gateways) throws IOException, InterruptedException {
    try (HistoryFile history = new HistoryFile(histories, "returning")) {
      Random random = new Random(plan.seed());
      Caller caller = new Caller(gateways, history, tally, new Stop(), random);
      for (LeftUpload upload : left) {
        try {
          upload.finish(caller, random);
        } catch (GaveUpException e) {
          tally.count("returning clients gave up");
        }
      }
    }
  }
}
