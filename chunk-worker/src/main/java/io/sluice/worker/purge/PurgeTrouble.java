package io.sluice.worker.purge;

import io.sluice.model.job.Job.PurgeUpload;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.retry.BackOff;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.DeadLetters.Parked;
import io.sluice.worker.retry.Diagnosis;
import io.sluice.worker.retry.ParkCause;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.retry.Triage;
import io.sluice.worker.upload.UploadRounds;
import io.sluice.worker.upload.WorkUpload;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What happens to an upload whose bytes could not be removed: it is tried for ever, because bytes that
/// nobody owns must not stay; once it has lasted, people are told.
@Component
final class PurgeTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(PurgeTrouble.class);
  private static final Set<UploadStatus> GONE =
      Set.of(UploadStatus.FAILED, UploadStatus.ABORTED, UploadStatus.DELETED);

  private final Triage triage;
  private final RetrySettings settings;
  private final BackOff backOff;
  private final UploadRounds rounds;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transactions;

  PurgeTrouble(
      Triage triage,
      RetrySettings settings,
      BackOff backOff,
      UploadRounds rounds,
      DeadLetters deadLetters,
      TransactionTemplate transactions) {
    this.triage = triage;
    this.settings = settings;
    this.backOff = backOff;
    this.rounds = rounds;
    this.deadLetters = deadLetters;
    this.transactions = transactions;
  }

  JobOutcome settle(WorkUpload upload, Exception met) throws InterruptedException {
    Diagnosis diagnosis = triage.judge(met);
    LOG.atWarn()
        .addKeyValue("upload_id", upload.id())
        .addKeyValue("diagnosis", diagnosis.getClass().getSimpleName())
        .setCause(diagnosis instanceof Diagnosis.Away ? null : met)
        .log("upload not purged");
    switch (diagnosis) {
      case Diagnosis.DatabaseAway away -> {
        return new JobOutcome.NotNow(away.detail());
      }
      case Diagnosis.Away away ->
          rounds.putOff(
              upload.id(),
              GONE,
              backOff.after(1, settings.awayDelay(), settings.awayDelay()),
              away.detail());
      case Diagnosis.Passing passing -> nextRound(upload, passing.cause(), passing.detail(), false);
      case Diagnosis.Refused refused -> nextRound(upload, refused.cause(), refused.detail(), true);
      case Diagnosis.StagedBytesBad bad ->
          nextRound(upload, ParkCause.STAGING_UNREADABLE, bad.detail(), false);
    }
    return JobOutcome.DONE;
  }

  private void nextRound(WorkUpload upload, ParkCause cause, String detail, boolean refused) {
    int attempts = upload.attempts() + 1;
    Duration delay = backOff.after(attempts, settings.roundDelay(), settings.longestRoundDelay());
    if (!refused && attempts < settings.roundsBeforeParking()) {
      rounds.tryLater(upload.id(), GONE, delay, detail);
      return;
    }
    Parked letter =
        new Parked(new PurgeUpload(upload.id()), cause, detail, attempts, upload.firstFailedAt());
    boolean isNew =
        transactions.execute(status ->
            rounds.tryLater(upload.id(), GONE, delay, detail) && deadLetters.park(letter));
    if (isNew) {
      deadLetters.tell(letter);
    }
  }

  /// Nothing may be removed just now, which is nobody's failure.
  void putOff(WorkUpload upload, String why) {
    rounds.putOff(
        upload.id(), GONE, backOff.after(1, settings.heldDelay(), settings.heldDelay()), why);
  }
}
