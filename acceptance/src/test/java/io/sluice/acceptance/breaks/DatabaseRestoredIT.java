package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.workload.Administrator;
import io.sluice.acceptance.workload.FileBytes;
import io.sluice.acceptance.workload.Gateways;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that somebody put back to an earlier day, under a store that knows better. In a system of its own, since
/// what it lacks afterwards it lacks for good.
class DatabaseRestoredIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(6);
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int FILE_BYTES = 3 * CHUNK_BYTES;

  @TempDir Path directory;

  @Test
  @Row("the database was restored to an earlier day")
  void nothingThatItDoesNotKnowIsRemoved() throws Exception {
    SystemPlan plan =
        SystemPlan.small(StoreKind.LOCAL)
            .fleet(1, 1, 1)
            .with("sluice.reaper.unowned-grace-seconds", "604800");
    try (SystemUnderTest system = SystemUnderTest.in(directory.resolve("system"), plan);
        HttpClient http = HttpClient.newHttpClient();
        HistoryFile history = new HistoryFile(directory.resolve("histories"), "test")) {
      system.start();
      Gateways gateways = new Gateways(http, system.gateways(), SystemUnderTest.API_KEY);
      Administrator administrator = new Administrator(gateways);
      ManualUpload known = completed(gateways, history, "known");
      Path backup = stopAndCopy(system);
      system.startServices();
      ManualUpload unknown = completed(gateways, history, "unknown");
      Set<Path> before = objects(system);
      restore(system, backup);

      await()
          .ignoreExceptions()
          .atMost(ENOUGH)
          .until(() -> administrator.placeState("objects").equals("ahead"));
      assertThat(administrator.placeState("staging")).isEqualTo("ahead");
      await()
          .atMost(ENOUGH)
          .untilAsserted(() ->
              assertThat(ready(http, system.services(Role.REAPER).getFirst())).contains("ahead"));
      await()
          .during(A_WHILE)
          .atMost(ENOUGH)
          .until(() -> {
            age(system);
            return objects(system).containsAll(before);
          });

      assertThat(administrator.adopt("objects").isSuccess()).isTrue();
      assertThat(administrator.adopt("staging").isSuccess()).isTrue();

      for (Service service : system.services()) {
        service.awaitReady();
      }
      await().atMost(ENOUGH).until(() -> administrator.placeState("objects").equals("ours"));
      assertThat(known.downloadsIdentical()).isTrue();
      assertThat(completed(gateways, history, "later").downloadsIdentical()).isTrue();
      assertThat(objects(system)).containsAll(before);
      await().atMost(ENOUGH).until(() -> administrator.isUnowned(unknown.id()));
    }
  }

  private static ManualUpload completed(Gateways gateways, HistoryFile history, String name)
      throws IOException, InterruptedException {
    ManualUpload upload =
        ManualUpload.init(
            gateways, history, name, new FileBytes(name.hashCode(), FILE_BYTES), CHUNK_BYTES);
    upload.sendAll();
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    return upload;
  }

  private Path stopAndCopy(SystemUnderTest system) throws IOException, InterruptedException {
    Path backup = directory.resolve("backup");
    withoutDatabase(system, () -> copy(system.servers().postgresDirectory(), backup));
    return backup;
  }

  private static void restore(SystemUnderTest system, Path backup)
      throws IOException, InterruptedException {
    Path data = system.servers().postgresDirectory();
    withoutDatabase(
        system,
        () -> {
          DirectoryTree.delete(data);
          copy(backup, data);
        });
    for (Service service : system.services()) {
      service.launch();
    }
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException, InterruptedException;
  }

  /// On return the database runs again, and no service.
  private static void withoutDatabase(SystemUnderTest system, Act act)
      throws IOException, InterruptedException {
    for (Service service : system.services()) {
      service.kill();
    }
    Member postgres = system.servers().postgres();
    postgres.stop();
    act.run();
    postgres.start();
  }

  /// With owners and permissions: PostgreSQL runs as another user where this is root.
  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor())
        .isZero();
  }

  private static Set<Path> objects(SystemUnderTest system) throws IOException {
    try (Stream<Path> tree = Files.walk(system.objectDirectory())) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/.sluice/"))
          .collect(Collectors.toSet());
    }
  }

  /// Whatever its reaper saw without an owner is older than any grace period.
  private static void age(SystemUnderTest system) throws SQLException {
    try (Connection connection = DriverManager.getConnection(system.servers().jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update orphan_sightings set first_seen_at = first_seen_at - interval '8 days'");
    }
  }

  private static String ready(HttpClient http, Service service)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(service.base() + "/health/ready")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
