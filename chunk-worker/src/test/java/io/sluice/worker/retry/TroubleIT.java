package io.sluice.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Lane;
import io.sluice.queue.produce.DeadLetter;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleIT {

  @TempDir static Path directory;
  private static Worker worker;

  @BeforeAll
  static void start() {
    // The share of failures opens nothing here: each test has only a few calls.
    worker =
        Worker.on(
            EmbeddedStack.freshDatabase(),
            Worker.local(
                directory,
                Map.of(
                    "sluice.worker.circuit.window", "1000",
                    "sluice.worker.circuit.least-calls", "1000")));
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void calm() {
    worker.store.heal();
    worker.queue.clear();
    worker.jdbc.sql("delete from dead_letters").update();
    await().until(() -> !worker.slots.paused(Lane.HEAVY));
  }

  @Test
  void aChunkWhoseStagedBytesAreLostIsDamagedAndItsUploadGoesOn() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    worker.staging.delete(List.of(upload.stage(1)));

    assertThat(worker.deliver(upload.job(1))).isEqualTo(JobOutcome.DONE);

    assertThat(upload.chunkStatuses()).containsExactly("DAMAGED");
    assertThat(upload.chunks().getFirst().nextAttemptAt()).as("looked for again").isNotNull();
    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(upload.storedChunks()).isZero();
    assertThat(worker.deadLetters()).containsExactly("STORE_PART staged_bytes_missing");
    assertThat(worker.queue.letters())
        .extracting(DeadLetter::cause)
        .containsExactly("staged_bytes_missing");
  }

  @Test
  void aChunkWhoseStagedBytesAreWrongIsDamagedAndNothingIsStored() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    spoil(upload.stage(0));

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("DAMAGED");
    assertThat(worker.deadLetters()).containsExactly("STORE_PART staged_bytes_damaged");
    assertThat(worker.store.files(upload.object()).orElseThrow()).noneMatch(Files::exists);
  }

  /// Nobody is there to send them again, and nobody took the promise back.
  @Test
  void anUploadWhoseClientIsGoneWaitsForItsBytesAndEndsWhenTheyAreBack() throws IOException {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 300, 100);
    worker.deliver(upload.job(0));
    worker.deliver(upload.job(2));
    Path staged = worker.staging.file(upload.chunks().get(1).stagingKey()).orElseThrow();
    Path aside = staged.resolveSibling("aside");
    Files.move(staged, aside);

    for (int looks = 0; looks < 3; looks++) {
      worker.deliver(upload.job(1));
    }

    assertThat(upload.chunkStatuses()).containsExactly("STORED", "DAMAGED", "STORED");
    assertThat(upload.row()).containsEntry("status", "COMPLETING").containsEntry("end_code", null);
    assertThat(worker.deadLetters()).containsExactly("STORE_PART staged_bytes_missing");
    assertThat(worker.queue.letters()).as("said once").hasSize(1);

    Files.move(aside, staged);
    worker.deliver(upload.job(1));
    worker.drain();

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.deadLetters()).isEmpty();
  }

  @Test
  void aShortFailureOfTheStoreIsOverBeforeAnybodyNotices() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    AtomicInteger failures = new AtomicInteger(2);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new StoreUnavailableException("hiccup");
          }
        });
    double before = counted("retries_total");

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(upload.chunks().getFirst().attempts()).isZero();
    assertThat(counted("retries_total") - before).isEqualTo(2);
  }

  @Test
  void aPartThatTheStoreDoesNotTakeIsParkedAfterAFewRoundsAndTriedForEver() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw new StoreUnavailableException("not this one");
        });

    for (int round = 1; round <= 50; round++) {
      worker.deliver(upload.job(0));
      assertThat(upload.chunkStatuses()).containsExactly("STAGED");
      assertThat(upload.chunks().getFirst().attempts()).isEqualTo(round);
      assertThat(upload.chunks().getFirst().enqueuedAt()).isNull();
      assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
      assertThat(upload.chunks().getFirst().firstFailedAt()).isNotNull();
      assertThat(upload.chunks().getFirst().lastError()).contains("not this one");
      assertThat(worker.deadLetters()).hasSize(round < 4 ? 0 : 1);
    }

    assertThat(worker.deadLetters()).containsExactly("STORE_PART store_unavailable");
    assertThat(worker.queue.letters()).as("said once").hasSize(1);
    assertThat(
            worker
                .jdbc
                .sql("select attempts from dead_letters")
                .query((row, number) -> row.getInt(1))
                .single())
        .isEqualTo(50);
    worker.store.heal();
    worker.deliver(upload.job(0));
    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(worker.deadLetters()).isEmpty();
  }

  /// A proxy with a limit, say: HEAD and small writes work. The file was answered 201 and purged three
  /// seconds later.
  @Test
  void whatTheStoreRefusesIsParkedAtOnceAndKeepsItsBytes() {
    TestUpload upload = worker.uploads.begin(Start.ONE_REQUEST, 300, 1000);
    String staged = upload.stage(0);
    worker.store.before(
        Op.STORE_WHOLE,
        () -> {
          throw new StoreRefusedException("413");
        });

    worker.deliver(upload.job(0));

    assertThatThrownBy(() -> worker.bean(ParkedReadiness.class).check())
        .hasMessageContaining("1 store_refused");
    assertThat(upload.chunkStatuses()).containsExactly("STAGED");
    assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
    assertThat(upload.isStaged(staged)).isTrue();
    assertThat(upload.status()).isEqualTo("COMPLETING");
    assertThat(worker.deadLetters()).containsExactly("STORE_PART store_refused");

    worker.store.heal();
    worker.deliver(upload.job(0));
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(worker.deadLetters()).isEmpty();
  }

  /// Small probes were taken all the while, so no circuit was open: one of the refused size says when it is over.
  @Test
  void whatWasRefusedForItsSizeComesBackWhenAProbeOfThatSizeIsTaken() {
    TestUpload upload = worker.uploads.begin(Start.ONE_REQUEST, 300, 1000);
    upload.stage(0);
    AtomicBoolean limited = new AtomicBoolean(true);
    worker.store.before(
        Op.STORE_WHOLE,
        () -> {
          throw new StoreRefusedException("413");
        });
    worker.store.beforeProbe(size -> {
      if (limited.get() && size >= 300) {
        throw new StoreRefusedException("413");
      }
    });
    worker.deliver(upload.job(0));
    upload.setChunk(0, "next_attempt_at = now() + interval '15 minutes'");
    assertThat(worker.slots.paused(Lane.HEAVY)).isFalse();

    limited.set(false);

    await()
        .untilAsserted(() ->
            assertThat(
                    worker
                        .jdbc
                        .sql(
                            "select next_attempt_at < now() + interval '1 minute' from chunks where upload_id = :id")
                        .param("id", upload.id())
                        .query(Boolean.class)
                        .single())
                .isTrue());
  }

  @Test
  void aPartThatIsDoneBringsBackTheOthersThatWereParkedForTheSame() {
    TestUpload one = worker.uploads.staged(Start.ONE_REQUEST, 300, 1000);
    TestUpload other = worker.uploads.staged(Start.ONE_REQUEST, 300, 1000);
    worker.store.before(
        Op.STORE_WHOLE,
        () -> {
          throw new StoreRefusedException("quota");
        });
    worker.deliver(List.of(one.job(0), other.job(0)), 1);
    other.setChunk(0, "next_attempt_at = now() + interval '15 minutes'");
    worker.store.heal();

    worker.deliver(one.job(0));

    await()
        .untilAsserted(() ->
            assertThat(
                    worker
                        .jdbc
                        .sql(
                            "select next_attempt_at < now() + interval '1 minute' from chunks where upload_id = :id")
                        .param("id", other.id())
                        .query(Boolean.class)
                        .single())
                .isTrue());
  }

  /// A key service that is switched off, say: every write is refused while HEAD works.
  @Test
  void aStoreThatRefusesEverybodyIsLeftAloneAndSaidAtOnce() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.goAway(() -> {
      throw new StoreRefusedException("KMS.DisabledException");
    });

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("STAGED");
    assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
    assertThat(worker.deadLetters()).containsExactly("STORE_PART store_refused");
    assertThat(worker.slots.paused(Lane.HEAVY)).isTrue();
  }

  @Test
  void aStoreThatAsksToSlowDownIsNotTakenForAway() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw StoreUnavailableException.throttled("slow down", new IOException("503"));
        });

    worker.deliver(upload.job(0));

    assertThat(upload.chunks().getFirst().attempts()).isZero();
    assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
    assertThat(worker.slots.paused(Lane.HEAVY)).isFalse();
    worker.store.heal();
    worker.deliver(upload.job(0));
    assertThat(upload.chunkStatuses()).containsExactly("STORED");
  }

  @Test
  void anUploadThatEndsWhileItsPartIsOnItsWayLeavesNothingBehind() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 300, 100);
    // The purge came and went before the bytes landed.
    worker.store.after(
        Op.STORE_PART,
        () -> {
          upload.abort();
          upload.set("purged_at = now()");
        });

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsOnly("STAGED");
    assertThat(upload.storedChunks()).isZero();
    assertThat(upload.row()).containsEntry("purged_at", null);
    worker.store.heal();
    worker.drain();
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(worker.store.files(upload.object()).orElseThrow()).noneMatch(Files::exists);
    assertThat(upload.history()).containsExactly("IN_PROGRESS", "ABORTED");
  }

  @Test
  void aMessageThatIsNoJobIsKeptWithItsBytes() {
    byte[] poison = "\u0000{not json".getBytes(StandardCharsets.UTF_8);

    worker
        .bean(DeadLetters.class)
        .keepUnreadable(DeadLetter.ofUnreadable(poison, "not JSON", Clock.systemUTC().instant()));

    assertThat(worker.deadLetters()).containsExactly("UNREADABLE unreadable_message");
    assertThat(
            worker
                .jdbc
                .sql("select payload from dead_letters")
                .query((row, number) -> row.getBytes(1))
                .single())
        .isEqualTo(poison);
    assertThat(worker.queue.letters()).hasSize(1);
    assertThat(counted("dead_letters_total", "cause", "unreadable_message")).isEqualTo(1);
  }

  private static void spoil(String stagingKey) throws IOException {
    Path file = worker.staging.file(stagingKey).orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static double counted(String name, String... tags) {
    return worker.bean(MeterRegistry.class).get(name).tags(tags).counter().count();
  }
}
