package io.sluice.acceptance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditorIT {

  private static final int CLEAN_RUNS = 100;
  private static final long SEED = 20_261_121;

  private static MadeDatabase database;
  private static MadeGateway gateway;
  private static HttpClient http;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    database = new MadeDatabase(EmbeddedStack.freshDatabase());
    gateway = new MadeGateway();
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    gateway.close();
    database.close();
  }

  static List<Sabotage> sabotages() {
    return Sabotage.all();
  }

  @ParameterizedTest
  @MethodSource("sabotages")
  void everySeededViolationIsCaughtByItsInvariant(Sabotage sabotage) throws Exception {
    // The first of the clean runs.
    MadeWorld made = new MadeWorld(database, gateway, http, directory, SEED);

    sabotage.act().on(made);

    assertThat(Auditor.audit(made.world()).violations())
        .extracting(Violation::invariant)
        .contains(sabotage.invariant());
  }

  @Test
  void everyInvariantHasASabotage() {
    Set<String> sabotaged =
        sabotages().stream().map(Sabotage::invariant).collect(Collectors.toSet());

    assertThat(Auditor.INVARIANTS).extracting(Invariant::name).allMatch(sabotaged::contains);
  }

  @Test
  void noAlarmInAHundredCleanRuns() throws Exception {
    for (int run = 0; run < CLEAN_RUNS; run++) {
      long seed = SEED + run;
      Path own = directory.resolve("run-" + run);
      Report report = Auditor.audit(new MadeWorld(database, gateway, http, own, seed).world());
      assertThat(report.violations()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void noInvariantIsCheckedOnNothing() throws Exception {
    World world = new MadeWorld(database, gateway, http, directory, SEED).world();

    assertThat(Auditor.audit(world).outcomes())
        .filteredOn(outcome -> outcome.looked() == 0)
        .extracting(Outcome::invariant)
        .containsExactly("dead-letters-have-a-reason");
  }

  @Test
  void aCheckThatCannotBeMadeIsAViolation() throws Exception {
    World world = new MadeWorld(database, gateway, http, directory, SEED).world();
    World blind =
        new World(
            world.promises(),
            world.database(),
            world.staging(),
            world.objects(),
            world.downloads(),
            () -> {
              throw new IOException("no broker");
            },
            world.rules(),
            world.foreignKeys());

    assertThat(Auditor.audit(blind).violations())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.invariant()).isEqualTo("the-queue-is-empty");
          assertThat(violation.detail()).contains("no broker");
        });
  }
}
