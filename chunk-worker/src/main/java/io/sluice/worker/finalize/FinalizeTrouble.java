package io.sluice.worker.finalize;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.model.job.Job.FinalizeUpload;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.retry.BackOff;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.DeadLetters.Parked;
import io.sluice.worker.retry.Diagnosis;
import io.sluice.worker.retry.ParkCause;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.retry.Triage;
import io.sluice.worker.upload.UploadEnding;
import io.sluice.worker.upload.UploadRounds;
import io.sluice.worker.upload.WorkUpload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final DeadLetters letters;
  private final StoreLoss loss;
  private final TransactionTemplate transactions;
  private final UploadSignals signals;
  private final JobQueue queue;

  FinalizeTrouble(
      Triage triage,
      RetrySettings settings,
      BackOff backOff,
      UploadRounds rounds,
      UploadEnding ending,
      DeadLetters letters,
      StoreLoss loss,
      TransactionTemplate transactions,
      UploadSignals signals,
      JobQueue queue) {
    this.triage = triage;
    this.settings = settings;
    this.backOff = backOff;
    this.rounds = rounds;
    this.ending = ending;
    this.letters = letters;
    this.loss = loss;
    this.transactions = transactions;
    this.signals = signals;
    this.queue = queue;
  }

  JobOutcome settle(WorkUpload upload, Exception met) throws InterruptedException {
    Diagnosis diagnosis =
        met instanceof ObjectMismatchException
            ? new Diagnosis.Passing(ParkCause.OBJECT_MISMATCH, String.valueOf(met.getMessage()))
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
      case Diagnosis.Passing passing -> nextRound(upload, passing.cause(), passing.detail(), false);
      case Diagnosis.Refused refused -> nextRound(upload, refused.cause(), refused.detail(), true);
      case Diagnosis.StagedBytesBad bad ->
          nextRound(upload, ParkCause.OBJECT_MISMATCH, bad.detail(), false);
    }
    return JobOutcome.DONE;
  }

  /// The client was told that its file is there, or will be; what keeps it from its place is ours to wait
  /// for. Where it has lasted, the store is asked whether it still has what it confirmed.
  private void nextRound(WorkUpload upload, ParkCause cause, String detail, boolean refused) {
    int attempts = upload.attempts() + 1;
    Duration delay = backOff.after(attempts, settings.roundDelay(), settings.longestRoundDelay());
    boolean parked = refused || attempts >= settings.roundsBeforeParking();
    if (!parked) {
      rounds.tryLater(upload.id(), COMPLETING, delay, detail);
      return;
    }
    Parked letter =
        new Parked(
            new FinalizeUpload(upload.id()), cause, detail, attempts, upload.firstFailedAt());
    boolean isNew =
        transactions.execute(status ->
            rounds.tryLater(upload.id(), COMPLETING, delay, detail) && letters.park(letter));
    if (isNew) {
      letters.tell(letter);
    }
    if (attempts >= settings.roundsBeforeParking()) {
      loss.lookFor(upload, upload.firstFailedAt(), detail);
    }
  }

  /// The file is not what its client declared: nobody's fault but the client's, so no dead letter.
  void failChecksum(WorkUpload upload) {
    Optional<PendingJob> purge =
        transactions.execute(status ->
            Optional.ofNullable(ending.failChecksum(List.of(upload.id())).get(upload.id())));
    if (purge.isPresent()) {
      signals.publish(upload.id());
      queue.enqueueAll(List.of(purge.get()));
    }
  }
}
