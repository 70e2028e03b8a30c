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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

  @Test
  @Row("two reapers, one killed in the middle, one with a wrong clock")
  void reapersThatDoNotKnowTheDayTouchNothingAlive() throws Exception {
    Optional<Path> library = WrongClock.library(running.processes().runDirectory());
    assumeThat(library).as("a C compiler makes the wrong clock").isPresent();
    ManualUpload upload = running.upload(2);
    upload.send(0);
    Path foreign = stagedByNobody();
    try {
      long days = 400;
      for (Service reaper : running.reapers()) {
        reaper.stop();
        WrongClock.set(reaper, library.get(), Duration.ofDays(days));
        reaper.launch();
        days = -days;
      }
      for (Service reaper : running.reapers()) {
        reaper.awaitReady();
      }
      // More than two runs of every loop.
      await().pollDelay(Duration.ofSeconds(4)).atMost(ENOUGH).until(() -> true);

      assertThat(upload.state()).isEqualTo("IN_PROGRESS");
      assertThat(foreign).as("younger than the grace period").exists();
      assertThat(upload.send(1).status()).isEqualTo(202);
      assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    } finally {
      for (Service reaper : running.reapers()) {
        reaper.stop();
        WrongClock.setRight(reaper);
      }
      running.heal();
    }
    running.audit();
    assertThat(foreign).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reaper.staged-deleted", "reaper.jobs-marked"})
  @Row("two reapers, one killed in the middle, one with a wrong clock")
  void aReaperKilledInTheMiddleIsFollowedByAnother(String failpoint) throws Exception {
    diesInTheMiddle(failpoint);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"reaper.jobs-sent"})
  @Row("two reapers, one killed in the middle, one with a wrong clock")
  void soItIsAtOtherSteps(String failpoint) throws Exception {
    diesInTheMiddle(failpoint);
  }

  private void diesInTheMiddle(String failpoint) throws Exception {
    Path foreign = stagedByNobody();
    ManualUpload upload = running.upload(2);
    upload.through(running.only(running.gateway(1))).send(0);
    // Each step is one reaper's, and nobody knows whose.
    for (Service reaper : running.reapers()) {
      reaper.failpoints(failpoint + "=halt");
    }
    loseTheJobOf(upload, 1);
    await()
        .atMost(ENOUGH)
        .until(() -> {
          running.age();
          return running.reapers().stream().anyMatch(reaper -> !reaper.isAlive());
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
      // Its connections end a moment before its last thread.
      await().atMost(ENOUGH).until(() -> !gateway.isAlive());
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
