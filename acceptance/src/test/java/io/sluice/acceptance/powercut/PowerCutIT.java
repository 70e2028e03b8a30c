package io.sluice.acceptance.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.audit.Report;
import io.sluice.acceptance.audit.Rules;
import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Mount;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.torture.Inspection;
import io.sluice.acceptance.torture.Quiet;
import io.sluice.acceptance.workload.Caller;
import io.sluice.acceptance.workload.Client;
import io.sluice.acceptance.workload.FileSizes;
import io.sluice.acceptance.workload.Gateways;
import io.sluice.acceptance.workload.Stop;
import io.sluice.acceptance.workload.Tally;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL, Kafka (at its default flush), staging and objects on an ext4 in a file. What nobody fsynced
/// stays in memory for longer than the test lasts, so the copy of the file has what a disk would have
/// after the plug was pulled.
class PowerCutIT {

  private static final long SEED = 4;
  private static final long IMAGE_BYTES = 3L << 29;

  /// No journal commit and no writing back but those that an fsync asks for.
  private static final String LAZY = "commit=600,noauto_da_alloc";

  private static final int CLIENTS = 4;
  private static final int ACKNOWLEDGEMENTS = 150;
  private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);
  private static final Duration QUIET_LIMIT = Duration.ofMinutes(2);

  @TempDir Path directory;

  private final List<AutoCloseable> mounts = new ArrayList<>();

  @AfterEach
  void unmount() throws Exception {
    for (AutoCloseable mount : mounts.reversed()) {
      mount.close();
    }
  }

  /// Both at the same place, as a disk that is there again: places know where they are.
  private Path mounted(Path image) throws IOException, InterruptedException {
    Path at = directory.resolve("disk");
    Optional<Mount> mount = Mount.ofImage(image, at, IMAGE_BYTES, LAZY);
    assumeThat(mount).as("loop mounts are allowed").isPresent();
    mounts.add(mount.get());
    return at;
  }

  @Test
  void noAcknowledgedChunkIsMissingAfterAPowerCut() throws Exception {
    Path image = directory.resolve("image");
    Path copy = directory.resolve("copy");
    Path histories = directory.resolve("histories");
    Path disk = mounted(image);
    try (HttpClient http = HttpClient.newHttpClient()) {
      SystemPlan plan = SystemPlan.small(StoreKind.LOCAL).fleet(1, 1, 1);
      SystemUnderTest before = SystemUnderTest.in(disk, plan);
      before.start();
      cutThePower(before, http, histories, image, copy);
      mounts.removeLast().close();

      try (SystemUnderTest after = SystemUnderTest.in(mounted(copy), plan)) {
        after.start();
        try (Inspection inspection =
            new Inspection(after, histories, http, Rules.strict(3600, Integer.MAX_VALUE))) {
          new Quiet(inspection).await(QUIET_LIMIT);
          Report report = Auditor.audit(inspection.world());
          assertThat(report.violations()).isEmpty();
        }
      }
    }
  }

  private static void cutThePower(
      SystemUnderTest system, HttpClient http, Path histories, Path image, Path copy)
      throws Exception {
    Tally tally = new Tally();
    Stop stop = new Stop();
    Gateways gateways = new Gateways(http, system.gateways(), SystemUnderTest.API_KEY);
    List<Thread> clients = new ArrayList<>();
    Random seeds = new Random(SEED);
    for (int number = 0; number < CLIENTS; number++) {
      HistoryFile history = new HistoryFile(histories, "client-" + number);
      Caller caller = new Caller(gateways, history, tally, stop, new Random(seeds.nextLong()));
      Client client =
          new Client(
              "client-" + number,
              caller,
              new Random(seeds.nextLong()),
              new FileSizes(300_000, 8),
              0.3,
              stop,
              left -> {});
      clients.add(Thread.ofVirtual().start(client));
    }
    await()
        .atMost(LOAD_LIMIT)
        .until(() ->
            tally.get("chunks acknowledged") + tally.get("files acknowledged") > ACKNOWLEDGEMENTS);
    // Everything stands still at one instant, as it would; then the disk is what it is.
    for (Member member : system.members()) {
      member.freeze();
    }
    int copied =
        new ProcessBuilder("cp", "--sparse=always", image.toString(), copy.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(copied).isZero();
    stop.tell();
    for (Member member : system.members()) {
      member.kill();
    }
    for (Thread client : clients) {
      client.join();
    }
  }
}
