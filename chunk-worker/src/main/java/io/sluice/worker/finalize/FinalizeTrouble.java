package io.sluice.worker.finalize;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.model.job.Job.FinalizeUpload;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.retry.BackOff;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.DeadLetters.GivenUp;
import io.sluice.worker.retry.Diagnosis;
import io.sluice.worker.retry.GiveUpCause;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.retry.Triage;
import io.sluice.worker.upload.UploadEnding;
import io.sluice.worker.upload.UploadRounds;
import io.sluice.worker.upload.WorkUpload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// What happens to an upload whose object could not be put together or proved.
@Component
final class FinalizeTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(FinalizeTrouble.class);
  private static final Set<UploadStatus> COMPLETING = Set.of(UploadStatus.COMPLETING);

  private final Triage triage;
  private final RetrySettings settings;
  private final BackOff backOff;
  private final UploadRounds rounds;
  private final UploadEnding ending;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transactions;
  private final UploadSignals signals;
  private final JobQueue queue;

  FinalizeTrouble(
      Triage triage,
      RetrySettings settings,
      BackOff backOff,
      UploadRounds rounds,
      UploadEnding ending,
      DeadLetters deadLetters,
      TransactionTemplate transactions,
      UploadSignals signals,
      JobQueue queue) {
    this.triage = triage;
    this.settings = settings;
    this.backOff = backOff;
    this.rounds = rounds;
    this.ending = ending;
    this.deadLetters = deadLetters;
    this.transactions = transactions;
    this.signals = signals;
    this.queue = queue;
  }

  JobOutcome settle(WorkUpload upload, Exception met) throws InterruptedException {
    Diagnosis diagnosis =
        met instanceof ObjectMismatchException
            ? new Diagnosis.Passing(GiveUpCause.OBJECT_MISMATCH, String.valueOf(met.getMessage()))
            : triage.judge(met);
    LOG.atWarn()
        .addKeyValue("upload_id", upload.id())
        .addKeyValue("diagnosis", diagnosis.getClass().getSimpleName())
        .setCause(diagnosis instanceof Diagnosis.Away ? null : met)
        .log("upload not finalised");
    switch (diagnosis) {
      case Diagnosis.DatabaseAway away -> {
        return new JobOutcome.NotNow(away.detail());
      }
      case Diagnosis.Away away ->
          rounds.putOff(
              upload.id(),
              COMPLETING,
              backOff.after(1, settings.awayDelay(), settings.awayDelay()),
              away.detail());
      case Diagnosis.Passing passing -> nextRound(upload, passing.cause(), passing.detail());
      case Diagnosis.Lasting lasting -> giveUp(upload, lasting.cause(), lasting.detail());
      case Diagnosis.StagedBytesBad bad ->
          nextRound(upload, GiveUpCause.OBJECT_MISMATCH, bad.detail());
    }
    return JobOutcome.DONE;
  }

  /// The file is not what its client declared: nobody's fault but the client's, so no dead letter.
  void failChecksum(WorkUpload upload) {
    fail(upload, GiveUpCause.FILE_CHECKSUM_MISMATCH, null);
  }

  private void nextRound(WorkUpload upload, GiveUpCause cause, String detail) {
    int attempts = upload.attempts() + 1;
    if (attempts >= settings.maxRounds()) {
      giveUp(upload, cause, detail);
      return;
    }
    rounds.tryLater(
        upload.id(),
        COMPLETING,
        backOff.after(attempts, settings.roundDelay(), settings.longestRoundDelay()),
        detail);
  }

  private void giveUp(WorkUpload upload, GiveUpCause cause, String detail) {
    fail(
        upload,
        cause,
        new GivenUp(
            new FinalizeUpload(upload.id()),
            cause,
            detail,
            upload.attempts() + 1,
            upload.firstFailedAt()));
  }

  private void fail(WorkUpload upload, GiveUpCause cause, @Nullable GivenUp letter) {
    Optional<PendingJob> purge =
        transactions.execute(status -> {
          var failed =
              Optional.ofNullable(ending.fail(List.of(upload.id()), cause).get(upload.id()));
          if (failed.isPresent() && letter != null) {
            deadLetters.insert(letter);
          }
          return failed;
        });
    if (purge.isEmpty()) {
      return;
    }
    if (letter != null) {
      deadLetters.tell(letter);
    }
    signals.publish(upload.id());
    queue.enqueueAll(List.of(purge.get()));
  }
}
