package io.sluice.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
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
  void aChunkWhoseStagedBytesAreLostFailsAndItsClientMaySendItAgain() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    worker.staging.delete(List.of(upload.stage(1)));

    assertThat(worker.deliver(upload.job(1))).isEqualTo(JobOutcome.DONE);

    assertThat(upload.chunkStatuses()).containsExactly("FAILED");
    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(upload.storedChunks()).isZero();
    assertThat(worker.deadLetters()).containsExactly("STORE_PART staged_bytes_missing");
    assertThat(worker.queue.letters())
        .extracting(DeadLetter::cause)
        .containsExactly("staged_bytes_missing");
  }

  @Test
  void aChunkWhoseStagedBytesAreDamagedFailsAndNothingIsStored() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    spoil(upload.stage(0));

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("FAILED");
    assertThat(worker.deadLetters()).containsExactly("STORE_PART staged_bytes_damaged");
    assertThat(worker.store.files(upload.object()).orElseThrow()).noneMatch(Files::exists);
  }

  @Test
  void anUploadWhoseClientIsGoneFailsWithItsChunk() throws IOException {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 300, 100);
    worker.deliver(upload.job(0));
    spoil(upload.chunks().get(1).stagingKey());

    worker.deliver(upload.job(1));

    assertThat(upload.row())
        .containsEntry("status", "FAILED")
        .containsEntry("end_code", "staged_bytes_damaged")
        .containsEntry("end_detail", GiveUpCause.STAGED_BYTES_DAMAGED.sentence());
    assertThat(worker.signals.told()).contains(upload.id());
    worker.drain();
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
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
  void aPartThatTheStoreDoesNotTakeIsGivenUpAfterABoundedNumberOfRounds() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw new StoreUnavailableException("not this one");
        });

    for (int round = 1; round < 4; round++) {
      worker.deliver(upload.job(0));
      assertThat(upload.chunks().getFirst().attempts()).isEqualTo(round);
      assertThat(upload.chunks().getFirst().enqueuedAt()).isNull();
      assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
      assertThat(upload.chunks().getFirst().firstFailedAt()).isNotNull();
      assertThat(upload.chunks().getFirst().lastError()).contains("not this one");
      assertThat(worker.deadLetters()).isEmpty();
    }
    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("FAILED");
    assertThat(upload.chunks().getFirst().nextAttemptAt()).isNull();
    assertThat(worker.deadLetters()).containsExactly("STORE_PART store_unavailable");
    assertThat(
            worker
                .jdbc
                .sql("select attempts from dead_letters")
                .query((row, number) -> row.getInt(1))
                .single())
        .isEqualTo(4);
  }

  @Test
  void whatTheStoreRefusesIsGivenUpAtOnce() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw new StoreRefusedException("no");
        });

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("FAILED");
    assertThat(worker.deadLetters()).containsExactly("STORE_PART store_refused");
  }

  /// Wrong credentials, say: they refuse every part, and are mended without anybody sending again.
  @Test
  void aStoreThatRefusesEverybodyCostsNoPartAnything() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.goAway(() -> {
      throw new StoreRefusedException("who are you?");
    });

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses()).containsExactly("STAGED");
    assertThat(upload.chunks().getFirst().attempts()).isZero();
    assertThat(upload.chunks().getFirst().nextAttemptAt()).isNotNull();
    assertThat(worker.deadLetters()).isEmpty();
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
