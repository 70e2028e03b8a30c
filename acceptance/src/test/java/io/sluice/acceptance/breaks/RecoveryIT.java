package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.torture.StoreTimes;
import io.sluice.acceptance.workload.Caller;
import io.sluice.acceptance.workload.Client;
import io.sluice.acceptance.workload.FileSizes;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.acceptance.workload.Stop;
import io.sluice.acceptance.workload.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How soon everything is as it was.
@ExtendWith(HealedAndAudited.class)
class RecoveryIT {

  private static final int CLIENTS = 3;
  private static final int ACKNOWLEDGEMENTS_BEFORE_AND_AFTER = 25;
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(60);

  /// Past the lock of a job that nobody works on any more.
  private static final double SLACK_SECONDS = 15;

  private static final Duration OUTAGE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_UPLOADS = Duration.ofSeconds(5);
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(60);

  private final Running running;

  RecoveryIT() throws IOException {
    running = Running.system();
  }

  @ParameterizedTest
  @EnumSource
  void noChunkWaitsLongForARoleThatWasKilled(Role role) throws Exception {
    String database = running.processes().servers().jdbcUrl();
    String begin = StoreTimes.now(database);
    Tally tally = new Tally();
    Stop stop = new Stop();
    List<Thread> clients = clients(role.name(), tally, stop);
    Service service = running.processes().services(role).getFirst();
    try {
      awaitAcknowledgements(tally);
      service.kill();
      awaitAcknowledgements(tally);
    } finally {
      stop.tell();
      for (Thread client : clients) {
        client.join();
      }
    }
    running.heal();
    running.audit();

    StoreTimes times = StoreTimes.since(begin, database);
    assertThat(times.chunks()).isGreaterThan(ACKNOWLEDGEMENTS_BEFORE_AND_AFTER);
    assertThat(times.slowestSeconds()).isLessThan(SystemPlan.LEASE_SECONDS + SLACK_SECONDS);
  }

  private static void awaitAcknowledgements(Tally tally) {
    long before = tally.get("chunks acknowledged");
    await()
        .atMost(LOAD_LIMIT)
        .until(() -> tally.get("chunks acknowledged") - before > ACKNOWLEDGEMENTS_BEFORE_AND_AFTER);
  }

  /// Their files are of one chunk each, which waits for nothing but a worker.
  private List<Thread> clients(String run, Tally tally, Stop stop) throws IOException {
    List<Thread> clients = new ArrayList<>();
    Random seeds = new Random(run.hashCode());
    for (int number = 0; number < CLIENTS; number++) {
      String name = "recovery-" + run + "-" + number;
      HistoryFile history = running.history(name);
      Caller caller =
          new Caller(running.gateways(), history, tally, stop, new Random(seeds.nextLong()));
      clients.add(
          Thread.ofVirtual()
              .start(
                  new Client(
                      name,
                      caller,
                      new Random(seeds.nextLong()),
                      new FileSizes(300_000, 1),
                      0,
                      stop,
                      left -> {})));
    }
    return clients;
  }

  @Test
  @Tag("long")
  void allIsDrainedAMinuteAfterTheObjectStoreWasAwayForTwo() throws Exception {
    running.s3().down(true);
    List<ManualUpload> uploads = uploadsDuring(OUTAGE);
    running.s3().down(false);

    awaitCompleted(uploads);
  }

  @Test
  @Tag("long")
  void allIsDrainedAMinuteAfterKafkaWasAwayForTwo() throws Exception {
    running.processes().servers().kafka().kill();
    List<ManualUpload> uploads = uploadsDuring(OUTAGE);
    running.processes().servers().kafka().start();

    awaitCompleted(uploads);
  }

  private List<ManualUpload> uploadsDuring(Duration outage) throws Exception {
    Stop never = new Stop();
    List<ManualUpload> uploads = new ArrayList<>();
    long end = System.nanoTime() + outage.toNanos();
    while (System.nanoTime() < end) {
      ManualUpload upload = running.upload(running.gateways(), 900_000, 300_000);
      upload.sendAll();
      assertThat(upload.complete("respond-async").status()).isEqualTo(202);
      uploads.add(upload);
      never.pause(BETWEEN_UPLOADS);
    }
    return uploads;
  }

  private static void awaitCompleted(List<ManualUpload> uploads) throws Exception {
    long back = System.nanoTime();
    for (ManualUpload upload : uploads) {
      await()
          .atMost(DRAINED_WITHIN.minusNanos(System.nanoTime() - back))
          .until(() -> upload.state().equals("COMPLETED"));
      assertThat(upload.downloadsIdentical()).isTrue();
    }
  }
}
