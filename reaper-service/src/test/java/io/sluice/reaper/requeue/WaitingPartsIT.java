package io.sluice.reaper.requeue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts that are staged and that nobody called up.
class WaitingPartsIT {

  private static final int WINDOW = 4;

  @RegisterExtension
  private static final ReaperFixture REAPER =
      ReaperFixture.local("sluice.window.max-fair-inflight-chunks-per-upload=" + WINDOW);

  private final Rows rows = REAPER.rows();

  @Test
  void aStalledUploadGetsAsManyJobsAsItsWindowHolds() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 5, 19, "attempts = 0");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(WINDOW);

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(5, 6, 7, 8);
    assertThat(permits(upload)).doesNotContainNull().hasSize(WINDOW);
    assertThat(rows.count("chunks where enqueued_at is not null")).isEqualTo(WINDOW);
  }

  @Test
  void whatIsOnItsWayIsLeftToCallUpTheRest() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 9, "attempts = 0");

    REAPER.run(StepName.REQUEUE);
    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(REAPER.jobs().of(upload)).hasSize(WINDOW);
  }

  @Test
  void aRetryThatIsStillToComeIsOnItsWay() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 9, "attempts = 0");
    rows.set(upload, 0, 0, "next_attempt_at = now() + interval '30 seconds'");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }

  /// The store refuses one part of an upload; its others need not wait for that.
  @Test
  void whatIsParkedForLongCallsNobodyUp() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 9, "attempts = 0");
    rows.set(upload, 0, 0, "next_attempt_at = now() + interval '10 minutes'");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(WINDOW);
  }

  @Test
  void aPartWhoseGatewayDiedBetweenCommitAndQueueIsEnqueued() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 10).perPart(4));
    rows.chunks(upload, 0, 3, "attempts = 0");
    rows.chunks(upload, 4, 6, "attempts = 0");
    rows.chunks(upload, 8, 9, "attempts = 0");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(2);

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0, 2);
    assertThat(permits(upload)).as("three parts fit into the window").containsOnlyNulls();
    assertThat(rows.chunkRow(upload, 4).enqueuedAt()).as("its part is not whole").isNull();
  }

  @Test
  void aPartThatCameJustNowIsLeftToItsGateway() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 2);
    rows.chunks(upload, 0, 0, "staged_at = now()");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status = 'ABORTED', enqueued_at = now()",
        "file_size_bytes = null, total_chunks = null"
      })
  void anUploadThatEndedOrWhoseSizeIsNotKnownYetIsLeftAlone(String change) throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 4);
    rows.chunks(upload, 0, 3, "attempts = 0");
    rows.set(upload, change);

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();
    assertThat(rows.count("chunks where enqueued_at is not null")).isZero();
  }

  /// Its object was lost, its client has sent one chunk again, and the gateway died before it made the job.
  @Test
  void aChunkSentAgainIsCalledUpWithWhatItsPartHoldsBesides() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 8).perPart(4));
    rows.chunks(upload, 0, 3, "attempts = 0");
    rows.set(upload, 0, 2, Rows.stored());
    rows.chunks(upload, 4, 6, "attempts = 0");

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isOne();

    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkColumn("enqueued_at", upload, 3)).isNotNull();
    assertThat(rows.chunkColumn("enqueued_at", upload, 4)).isNull();
  }

  /// Its job finds no more than the one before and leaves the others waiting: it was made again with every run.
  @Test
  void aPartWithADamagedChunkIsCalledUpWhenThatIsDueAndNotBefore() throws Exception {
    UUID upload = rows.upload(Upload.of(UploadStatus.IN_PROGRESS, 8).perPart(4));
    rows.chunks(upload, 0, 3, "attempts = 0");
    rows.set(upload, 0, 0, Rows.stored());
    rows.set(upload, 2, 2, "status = 'DAMAGED', next_attempt_at = now() + interval '1 hour'");

    assertThat(REAPER.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(REAPER.run(StepName.DISPATCH).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).isEmpty();

    rows.set(upload, 2, 2, "next_attempt_at = now()");
    assertThat(REAPER.run(StepName.DISPATCH).count(Repair.DUE_PART)).isOne();
    assertThat(REAPER.jobs().partsOf(upload)).containsExactly(0);
    assertThat(rows.chunkColumn("enqueued_at", upload, 1)).isNotNull();
    assertThat(rows.chunkColumn("enqueued_at", upload, 3)).isNotNull();
  }

  /// The jobs that held the permits were lost with them; a repair that waits for their leases is none.
  @Test
  void aWindowFullOfLostPermitsHoldsNothingUp() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 9, "attempts = 0");
    UploadWindow window = REAPER.bean(UploadWindow.class);
    while (window.tryAcquire(upload, WINDOW, Duration.ofHours(1))
        instanceof WindowDecision.Permit) {
      // Takes them all.
    }

    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(WINDOW);

    assertThat(permits(upload)).hasSize(WINDOW).containsOnlyNulls();
  }

  @Test
  void withoutRedisTheSameIsDoneWithoutPermits() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 9, "attempts = 0");

    try (ReaperFixture alone =
        REAPER.another("sluice.redis.url=redis://" + ReaperFixture.AWAY + "/")) {
      assertThat(alone.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(WINDOW);
    }

    assertThat(permits(upload)).hasSize(WINDOW).containsOnlyNulls();
  }

  @Test
  void aLostPartOfALargeUploadGetsAPermitIfThereIsOne() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 20);
    rows.chunks(upload, 0, 5, "enqueued_at = now() - interval '10 minutes'");

    REAPER.run(StepName.REQUEUE);

    assertThat(REAPER.jobs().partsOf(upload)).hasSize(6);
    assertThat(permits(upload).stream().filter(permit -> permit != null)).hasSize(WINDOW);
  }

  @Test
  void everyStalledUploadIsReached() throws Exception {
    Set<UUID> uploads = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 2);
      rows.chunks(upload, 1, 1, "attempts = 0");
      uploads.add(upload);
    }

    try (ReaperFixture slow = REAPER.another("sluice.reaper.requeue.batch-size=3")) {
      assertThat(slow.run(StepName.REQUEUE).count(Repair.WAITING_PART)).isEqualTo(7);
    }

    assertThat(uploads).allSatisfy(id -> assertThat(REAPER.jobs().partsOf(id)).containsExactly(1));
  }

  private static List<@Nullable String> permits(UUID upload) {
    return REAPER.jobs().of(upload).stream()
        .<@Nullable String>map(job -> ((Job.StorePart) job).permitId())
        .toList();
  }
}
