package io.sluice.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// While a backup is taken bytes are stored and none are removed.
class RemovalsHeldIT {

  @RegisterExtension private static final Worker worker = Worker.local();

  @AfterEach
  void release() {
    hold("null");
    await().until(() -> isHeld(false));
  }

  @Test
  void anAbortedUploadIsPurgedOnlyAfterwards() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 300, 100);
    String staged = upload.chunks().getFirst().stagingKey();
    upload.abort();
    hold("now() + interval '1 hour'");
    await().until(() -> isHeld(true));

    assertThat(worker.deliver(upload.purgeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.row()).containsEntry("purged_at", null).containsEntry("attempts", 0);
    assertThat(upload.row()).extractingByKey("next_attempt_at").isNotNull();
    assertThat(upload.isStaged(staged)).isTrue();
    release();
    worker.deliver(upload.purgeJob());
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(upload.isStaged(staged)).isFalse();
  }

  @Test
  void whatIsStoredStaysStagedToo() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 300, 100);
    String staged = upload.chunks().getFirst().stagingKey();
    hold("now() + interval '1 hour'");
    await().until(() -> isHeld(true));

    worker.deliver(upload.job(0));

    assertThat(upload.chunks().getFirst().status().name()).isEqualTo("STORED");
    assertThat(upload.isStaged(staged)).isTrue();
  }

  private static void hold(String until) {
    worker.jdbc.sql("update deployment set removals_held_until = " + until).update();
  }

  private static boolean isHeld(boolean wanted) {
    PlaceGuard places = worker.bean(PlaceGuard.class);
    return places.noRemoval(PlaceKind.STAGING).isPresent() == wanted
        && places.noRemoval(PlaceKind.OBJECTS).isPresent() == wanted;
  }
}
