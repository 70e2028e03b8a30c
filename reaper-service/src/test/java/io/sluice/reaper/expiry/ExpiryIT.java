package io.sluice.reaper.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryIT {

  private static final String OVER = "expires_at = now() - interval '1 second'";
  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  @ParameterizedTest
  @EnumSource(names = {"INITIATED", "IN_PROGRESS"})
  void anUploadWhoseTimeIsOverIsAbortedAndPurged(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, OVER + ", attempts = 5, next_attempt_at = now() + interval '1 day'");

    Run run = REAPER.run(StepName.EXPIRY);

    assertThat(run.count(Repair.EXPIRED_UPLOAD)).isOne();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.ABORTED);
    assertThat(rows.column("end_code", upload)).isEqualTo("expired");
    assertThat(rows.column("attempts", upload)).isEqualTo("0");
    assertThat(rows.column("enqueued_at", upload)).isNotNull();
    assertThat(rows.column("next_attempt_at", upload)).isNull();
    assertThat(rows.column("purged_at", upload)).isNull();
    assertThat(REAPER.jobs().of(upload)).containsExactly(new Job.PurgeUpload(upload));
    assertThat(rows.count("upload_events where code = 'expired' and upload_id = '" + upload + "'"))
        .isOne();

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(REAPER.jobs().of(upload)).hasSize(1);
  }

  @Test
  void anUploadThatStillHasTimeIsLeftAlone() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, "expires_at = now() + interval '1 minute'");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETING", "COMPLETED", "FAILED", "ABORTED", "DELETED"})
  void whatIsNoLongerItsClientsDoesNotExpire(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    rows.set(upload, OVER);

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(status);
  }

  /// Its client has nothing left to send; the store has refused the bytes for longer than uploads live.
  @Test
  void anUploadThatCompletesItselfAndHasAllItsChunksDoesNotExpire() throws Exception {
    UUID kept = rows.upload(UploadStatus.IN_PROGRESS, 2);
    rows.chunk(kept, 0);
    rows.chunk(kept, 1);
    rows.set(kept, "auto_complete = true");
    rows.set(kept, OVER);
    UUID left = rows.upload(UploadStatus.IN_PROGRESS, 2);
    rows.chunk(left, 0);
    rows.set(left, "auto_complete = true");
    rows.set(left, OVER);

    REAPER.run(StepName.EXPIRY);

    assertThat(rows.status(kept)).isEqualTo(UploadStatus.IN_PROGRESS);
    assertThat(rows.status(left)).isEqualTo(UploadStatus.ABORTED);
  }

  /// The lock of the chunk's commit says that somebody works on the upload, whatever its time says.
  @Test
  void anUploadIntoWhichAChunkIsBeingCommittedIsPassedOver() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, OVER);

    REAPER.whileHolding(
        "select 1 from uploads where id = '" + upload + "' for key share",
        () -> assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty());

    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);
    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isOne();
  }

  private void lastLookWas(String interval) {
    REAPER.sql("update deployment set expiry_seen_at = now() - interval '" + interval + "'");
  }

  private boolean expiresIn(UUID upload, String least, String most) {
    String condition =
        "expires_at between now() + interval '%s' and now() + interval '%s'".formatted(least, most);
    return "true".equals(rows.column(condition, upload));
  }

  /// A reaper that came back after three days, or a clock that was put forward, ended every upload there
  /// was, although their clients could not have sent anything.
  @Test
  void timeInWhichNobodyLookedIsGivenBackAndNothingExpiresAtOnce() throws Exception {
    UUID open = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(open, "expires_at = now() - interval '71 hours'");
    UUID begun = rows.upload(UploadStatus.INITIATED, 3);
    rows.set(begun, "expires_at = now() + interval '1 hour'");
    UUID silent = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(silent, "expires_at = now() - interval '80 hours'");
    UUID completed = rows.upload(UploadStatus.COMPLETED, 3);
    lastLookWas("3 days");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();

    assertThat(expiresIn(open, "59 minutes", "61 minutes")).isTrue();
    assertThat(expiresIn(begun, "72 hours 59 minutes", "73 hours 1 minute")).isTrue();
    assertThat(expiresIn(completed, "23 hours", "24 hours")).isTrue();

    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isOne();
    assertThat(expiresIn(open, "58 minutes", "61 minutes")).as("given back once").isTrue();
    assertThat(rows.status(open)).isEqualTo(UploadStatus.IN_PROGRESS);
    assertThat(rows.status(silent)).as("it was over before").isEqualTo(UploadStatus.ABORTED);
  }

  @Test
  void twoThatComeBackTogetherGiveItBackOnce() throws Exception {
    UUID open = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(open, OVER);
    lastLookWas("3 days");
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<Run> one = both.submit(() -> REAPER.run(StepName.EXPIRY));
      Future<Run> other = both.submit(() -> REAPER.run(StepName.EXPIRY));

      assertThat(one.get().counts()).isEmpty();
      assertThat(other.get().counts()).isEmpty();
    }
    assertThat(expiresIn(open, "71 hours", "73 hours")).isTrue();
  }

  @Test
  void aLookThatComesALittleLateGivesNothingBack() throws Exception {
    UUID upload = rows.upload(UploadStatus.INITIATED, 3);
    rows.set(upload, OVER);
    lastLookWas("19 minutes");

    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isOne();
  }

  @Test
  void aClockThatWasPutBackGivesNothing() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, "expires_at = now() + interval '1 hour'");
    lastLookWas("-3 days");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();

    assertThat(expiresIn(upload, "59 minutes", "61 minutes")).isTrue();
    assertThat(rows.count("deployment where expiry_seen_at <= now()")).isOne();
  }

  @Test
  void theFirstLookOfAllGivesAnHourToWhatIsOver() throws Exception {
    UUID over = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(over, "expires_at = now() - interval '9 days'");
    UUID open = rows.upload(UploadStatus.IN_PROGRESS, 3);
    REAPER.sql("update deployment set expiry_seen_at = null");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();

    assertThat(expiresIn(over, "59 minutes", "61 minutes")).isTrue();
    assertThat(expiresIn(open, "23 hours", "25 hours")).isTrue();
    assertThat(rows.count("deployment where expiry_seen_at is not null")).isOne();
  }

  /// Its client has done its part; the damage is ours. Once it is mended there is an hour to go on.
  @Test
  void anUploadWithADamagedChunkDoesNotExpire() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 1, "attempts = 0");
    rows.set(upload, 1, 1, "status = 'DAMAGED'");
    rows.set(upload, "expires_at = now() - interval '9 days'");

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);
    rows.set(upload, 1, 1, "status = 'STAGED'");
    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(expiresIn(upload, "59 minutes", "61 minutes")).isTrue();
  }

  /// For as long as a backup takes, clients may well be held up too.
  @Test
  void whileRemovalsAreForbiddenTimeStandsStill() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.set(upload, OVER);
    lastLookWas("2 hours");
    REAPER.guard().forbid(PlaceKind.STAGING);

    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(rows.status(upload)).isEqualTo(UploadStatus.IN_PROGRESS);

    REAPER.guard().allow();
    assertThat(REAPER.run(StepName.EXPIRY).counts()).isEmpty();
    assertThat(expiresIn(upload, "119 minutes", "121 minutes")).isTrue();
  }

  @Test
  void troubleBetweenTwoBatchesEndsTheRun() throws Exception {
    for (int i = 0; i < 250; i++) {
      rows.upload(UploadStatus.INITIATED, 1);
    }
    REAPER.sql("update uploads set " + OVER);
    REAPER.guard().forbidAfter(PlaceKind.OBJECTS, 2);

    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isEqualTo(200);
  }

  @Test
  void moreThanABatchExpiresEachOnce() throws Exception {
    for (int i = 0; i < 450; i++) {
      rows.upload(UploadStatus.INITIATED, 1);
    }
    REAPER.sql("update uploads set " + OVER);

    assertThat(REAPER.run(StepName.EXPIRY).count(Repair.EXPIRED_UPLOAD)).isEqualTo(450);
    assertThat(rows.count("uploads where status = 'ABORTED'")).isEqualTo(450);
  }

  @Test
  void aQueueThatIsAwayKeepsNoUploadAlive() throws Exception {
    UUID upload = rows.upload(UploadStatus.INITIATED, 3);
    rows.set(upload, OVER);

    try (ReaperFixture cutOff =
        REAPER.another("sluice.kafka.bootstrap-servers=" + ReaperFixture.AWAY)) {
      cutOff.run(StepName.EXPIRY);
    }

    assertThat(rows.status(upload)).isEqualTo(UploadStatus.ABORTED);
    // Its purge is marked as enqueued and is not in the queue: it is found as lost.
    rows.set(upload, "enqueued_at = enqueued_at - interval '1 hour'");
    assertThat(REAPER.run(StepName.REQUEUE).count(Repair.PURGE)).isOne();
    assertThat(REAPER.jobs().of(upload)).containsExactly(new Job.PurgeUpload(upload));
  }
}
