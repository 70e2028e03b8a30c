package io.sluice.worker.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import io.sluice.worker.lease.LongJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of an upload that did not become a file: nothing, and only then a word of it.
class PurgeIT {

  private static final int MIB = 1 << 20;

  @TempDir static Path staging;
  private static Worker worker;

  @BeforeAll
  static void start() {
    worker = Worker.s3(staging);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void calm() {
    worker.store.heal();
    worker.queue.clear();
  }

  @Test
  void anAbortedUploadLosesItsMultipartItsStagingAndItsRows() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 18 * MIB, 6 * MIB);
    upload.stage(0);
    worker.deliver(upload.job(0));
    String waiting = upload.stage(1);
    assertThat(openMultiparts(upload)).hasSize(1);
    upload.abort();

    assertThat(worker.deliver(upload.purgeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(openMultiparts(upload)).isEmpty();
    assertThat(upload.isStaged(waiting)).isFalse();
    assertThat(upload.chunks()).isEmpty();
    assertThat(upload.row())
        .containsEntry("multipart_id", null)
        .containsEntry("stored_chunks", 0)
        .extractingByKey("purged_at")
        .isNotNull();
  }

  @Test
  void aDeletedFileLosesItsObject() {
    TestUpload upload = worker.uploads.staged(Start.ONE_REQUEST, 1_000, 5 * MIB);
    worker.deliver(upload.job(0));
    assertThat(upload.isInStore()).isTrue();
    upload.set("status = 'DELETED'");

    worker.deliver(upload.purgeJob());

    assertThat(upload.isInStore()).isFalse();
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
  }

  /// Of one part, completed by the commit that stores it, and of several, completed by the finaliser.
  @Test
  void aDeletedFileOfSeveralChunksLosesItsChecksumsWithItsObject() {
    TestUpload onePart = worker.uploads.staged(Start.ONE_REQUEST, 2_500, 1_000);
    worker.deliver(onePart.job(0));
    TestUpload twoParts = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 3 * MIB);
    worker.deliver(twoParts.jobs(), 1);
    worker.deliver(twoParts.finalizeJob());
    await().until(() -> worker.bean(LongJobs.class).running() == 0);

    Map.of(onePart, 3, twoParts, 4)
        .forEach((upload, chunks) -> {
          assertThat(upload.status()).isEqualTo("COMPLETED");
          assertThat(upload.keptChecksums()).isEqualTo(chunks);
          upload.set("status = 'DELETED'");

          worker.deliver(upload.purgeJob());

          assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
          assertThat(upload.keptChecksums()).isZero();
        });
  }

  @Test
  void doneAgainItChangesNothing() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 1_000, 5 * MIB);
    upload.abort();
    worker.deliver(upload.purgeJob());
    Object purgedAt = upload.row().get("purged_at");
    worker.store.forgetCalls();

    assertThat(worker.deliverAgain(upload.purgeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.row()).containsEntry("purged_at", purgedAt);
    assertThat(worker.store.calls(Op.DELETE)).isZero();
  }

  @Test
  void aStoreThatDoesNotDeleteIsAskedAgainAndNothingIsCalledPurged() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 1_000, 5 * MIB);
    String key = upload.stage(0);
    upload.abort();
    worker.store.before(
        Op.DELETE,
        () -> {
          throw new StoreUnavailableException("not now");
        });

    worker.deliver(upload.purgeJob());

    assertThat(upload.row()).containsEntry("purged_at", null).containsEntry("enqueued_at", null);
    assertThat(upload.row()).extractingByKey("next_attempt_at").isNotNull();
    assertThat(upload.isStaged(key)).isTrue();
    worker.store.heal();
    worker.deliver(upload.purgeJob());
    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(upload.isStaged(key)).isFalse();
  }

  /// A stale or forged job, or one that was overtaken.
  @Test
  void anUploadThatLivesLosesNothing() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 1_000, 5 * MIB);
    String key = upload.stage(0);

    assertThat(worker.deliver(upload.purgeJob())).isEqualTo(JobOutcome.DONE);

    assertThat(upload.isStaged(key)).isTrue();
    assertThat(upload.chunkStatuses()).containsExactly("STAGED");
    assertThat(upload.row()).containsEntry("purged_at", null);
  }

  private static List<String> openMultiparts(TestUpload upload) throws IOException {
    List<String> open = new ArrayList<>();
    worker.store.forEachOpenMultipart(multipart -> {
      if (multipart.objectKey().equals(upload.object().objectKey())) {
        open.add(multipart.multipartId());
      }
    });
    return open;
  }
}
