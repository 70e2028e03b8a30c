package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.fault.WrongClock;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reapers in the wrong number, at the wrong time, on the wrong day.
@ExtendWith(HealedAndAudited.class)
class ReaperBreaksIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final Running running;

  ReaperBreaksIT() throws IOException {
    running = Running.system();
  }

  @ParameterizedTest
  @ValueSource(longs = {400, -400})
  @Row("two reapers, a reaper killed in mid-clean, a reaper with a wrong clock")
  void aReaperThatDoesNotKnowTheDayTouchesNothingAlive(long days) throws Exception {
    Optional<Path> library = WrongClock.library(running.processes().runDirectory());
    assumeThat(library).as("a C compiler makes the wrong clock").isPresent();
    Service reaper = running.reaper();
    ManualUpload upload = running.upload(2);
    upload.send(0);
    Path foreign = stagedByNobody();
    reaper.stop();
    try {
      WrongClock.set(reaper, library.get(), Duration.ofDays(days));
      reaper.start();
      // More than two runs of every loop.
      await().pollDelay(Duration.ofSeconds(4)).atMost(ENOUGH).until(() -> true);

      assertThat(upload.state()).isEqualTo("IN_PROGRESS");
      assertThat(foreign).as("younger than the grace period").exists();
      assertThat(upload.send(1).status()).isEqualTo(202);
      assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    } finally {
      reaper.stop();
      WrongClock.setRight(reaper);
      reaper.start();
    }
    running.audit();
    assertThat(foreign).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reaper.staged-deleted", "reaper.jobs-marked", "reaper.jobs-sent"})
  @Row("two reapers, a reaper killed in mid-clean, a reaper with a wrong clock")
  void aReaperKilledInTheMiddleIsFollowedByAnother(String failpoint) throws Exception {
    Service reaper = running.reaper();
    Path foreign = stagedByNobody();
    ManualUpload upload = running.upload(2);
    upload.through(running.only(running.gateway(1))).send(0);
    reaper.failpoints(failpoint + "=halt");
    loseTheJobOf(upload, 1);
    await()
        .atMost(ENOUGH)
        .until(() -> {
          running.age();
          return !reaper.isAlive();
        });
    running.heal();

    running.audit();
    assertThat(foreign).doesNotExist();
    assertThat(upload.storedChunks()).isEqualTo(2);
  }

  private void loseTheJobOf(ManualUpload upload, int index) throws Exception {
    Service gateway = running.gateway(0);
    gateway.failpoints("gateway.chunk-committed=halt");
    try {
      upload.through(running.only(gateway)).send(index);
    } catch (IOException died) {
      assertThat(gateway.isAlive()).isFalse();
    }
  }

  private Path stagedByNobody() throws IOException {
    Path file =
        running
            .processes()
            .stagingRoot()
            .resolve("0/%s.0.00000000000000aa".formatted(UUID.randomUUID()));
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[100]);
  }
}
