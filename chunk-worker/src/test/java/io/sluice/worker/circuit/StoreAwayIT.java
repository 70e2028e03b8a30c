package io.sluice.worker.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreAwayIT {

  @RegisterExtension private static final Worker worker = Worker.local();

  @BeforeEach
  void slotsGoOn() {
    await().until(() -> !worker.slots.paused(Lane.HEAVY) && !worker.slots.paused(Lane.LIGHT));
  }

  @Test
  void jobsInHandWhenTheStoreGoesAwayBurnNoAttemptAndTheSlotsPauseUntilItIsBack() {
    TestUpload large = worker.uploads.staged(Start.COMPLETING, 1000, 100);
    List<TestUpload> small = new ArrayList<>();
    List<Job> jobs = new ArrayList<>(large.jobs());
    for (int i = 0; i < 10; i++) {
      TestUpload file = worker.uploads.staged(Start.ONE_REQUEST, 100, 1000);
      small.add(file);
      jobs.addAll(file.jobs());
    }
    away();

    for (Job job : jobs) {
      assertThat(worker.deliver(job)).isEqualTo(JobOutcome.DONE);
    }

    assertThat(worker.slots.paused(Lane.HEAVY)).isTrue();
    assertThat(worker.slots.paused(Lane.LIGHT)).isTrue();
    assertThat(large.chunks())
        .allSatisfy(chunk -> {
          assertThat(chunk.status().name()).isEqualTo("STAGED");
          assertThat(chunk.attempts()).isZero();
          assertThat(chunk.enqueuedAt()).isNull();
          assertThat(chunk.nextAttemptAt()).isNotNull();
        });
    assertThat(worker.deadLetters()).isEmpty();

    worker.store.heal();
    await().until(() -> !worker.slots.paused(Lane.HEAVY) && !worker.slots.paused(Lane.LIGHT));
    worker.deliver(jobs, 1);
    worker.drain();

    assertThat(large.status()).isEqualTo("COMPLETED");
    assertThat(large.isInStore()).isTrue();
    assertThat(small).allMatch(file -> file.status().equals("COMPLETED") && file.isInStore());
  }

  /// The first job to find the store away asks it once more, by a probe, and spares the others the
  /// asking.
  @Test
  void onceTheStoreIsKnownToBeAwayItIsLeftAlone() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 1000, 100);
    away();
    worker.deliver(upload.job(0));
    worker.store.forgetCalls();

    for (int part = 1; part < 10; part++) {
      worker.deliver(upload.job(part));
    }

    assertThat(worker.store.calls(Op.STORE_PART)).isZero();
  }

  @Test
  void aFileToBeFinalisedWaitsForTheStoreToo() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 300, 100);
    worker.deliver(upload.jobs(), 1);
    away();

    worker.deliver(upload.finalizeJob());

    assertThat(upload.row()).containsEntry("status", "COMPLETING").containsEntry("attempts", 0);
    assertThat(upload.row()).containsEntry("enqueued_at", null);
    assertThat(upload.row()).extractingByKey("next_attempt_at").isNotNull();
    worker.store.heal();
    await().until(() -> !worker.slots.paused(Lane.HEAVY));
    worker.deliver(upload.finalizeJob());
    assertThat(upload.status()).isEqualTo("COMPLETED");
  }

  @Test
  void aPurgeWaitsForTheStoreToo() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 300, 100);
    worker.deliver(upload.job(0));
    upload.abort();
    away();

    worker.deliver(upload.purgeJob());

    assertThat(upload.row()).containsEntry("purged_at", null).containsEntry("attempts", 0);
    worker.store.heal();
    await().until(() -> !worker.slots.paused(Lane.HEAVY));
    worker.deliver(upload.purgeJob());
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
  }

  /// Somebody else's bucket answers as well as our own.
  @Test
  void aPlaceThatIsNotOursCountsAsAStoreThatIsAway() throws IOException {
    TestUpload file = worker.uploads.staged(Start.ONE_REQUEST, 100, 1000);
    MarkedPlace objects = worker.bean(MarkedPlaces.class).objects();
    Mark ours = objects.readMark().orElseThrow();
    objects.writeMark(new Mark(UUID.randomUUID(), ours.placeId(), ours.kind(), ours.madeAt(), 1));
    PlaceGuard guard = worker.bean(PlaceGuard.class);
    await().until(() -> guard.trouble(PlaceKind.OBJECTS).isPresent());

    assertThat(worker.deliver(file.jobs(), 1)).containsOnly(JobOutcome.DONE);

    assertThat(worker.slots.paused(Lane.LIGHT)).isTrue();
    assertThat(file.isInStore()).isFalse();
    assertThat(file.chunks()).allMatch(chunk -> chunk.attempts() == 0);
    objects.writeMark(ours);
    await().until(() -> !worker.slots.paused(Lane.HEAVY) && !worker.slots.paused(Lane.LIGHT));
    worker.deliver(file.jobs(), 1);
    worker.drain();
    assertThat(file.status()).isEqualTo("COMPLETED");
  }

  private static void away() {
    worker.store.goAway(() -> {
      throw new StoreUnavailableException("connection refused");
    });
  }
}
