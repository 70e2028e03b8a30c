package io.sluice.worker.store;

import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.job.Job.StorePart;
import io.sluice.queue.produce.PendingJob;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.ObjectStore;
import io.sluice.worker.store.CommitOutcome.Committed;
import io.sluice.worker.store.CommitOutcome.LandedTooLate;
import io.sluice.worker.store.CommitOutcome.Next;
import io.sluice.worker.store.CommitOutcome.SomeoneWasFirst;
import io.sluice.worker.store.PartJudgement.AlreadyStored;
import io.sluice.worker.store.PartJudgement.Ended;
import io.sluice.worker.store.PartJudgement.Incomplete;
import io.sluice.worker.store.PartJudgement.Nothing;
import io.sluice.worker.store.PartJudgement.Store;
import io.sluice.worker.upload.UploadEnding;
import io.sluice.worker.upload.WorkUpload;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Turns what became of one job into its answer to the queue and into what is left to do.
@Component
final class PartSettlement {

  private static final Logger LOG = LoggerFactory.getLogger(PartSettlement.class);

  private final ObjectStore store;
  private final HandOn handOn;
  private final ChunkRounds rounds;
  private final UploadEnding ending;
  private final PartTrouble trouble;

  PartSettlement(
      ObjectStore store,
      HandOn handOn,
      ChunkRounds rounds,
      UploadEnding ending,
      PartTrouble trouble) {
    this.store = store;
    this.handOn = handOn;
    this.rounds = rounds;
    this.ending = ending;
    this.trouble = trouble;
  }

  /// A job whose rows left nothing to store.
  void judged(DeliveredJob delivered, StorePart job, PartJudgement judgement, Aftermath after) {
    switch (judgement) {
      case Store unsettled -> throw new IllegalArgumentException("not settled yet");
      case AlreadyStored(PartWork work) -> {
        clearStaging(work, after);
        noEffect(delivered, job, work.upload(), after);
      }
      case Incomplete(PartWork work) -> {
        int part = job.part();
        rounds.letRestWait(
            work.upload().id(), work.plan().firstChunkOf(part), work.plan().lastChunkOf(part));
        noEffect(delivered, job, work.upload(), after);
      }
      case Ended(WorkUpload upload) -> {
        // A first delivery may have died after its bytes landed behind the purge.
        if (upload.purged() && delivered.deliveryCount() > 1) {
          ending.purgeAgain(List.of(upload.id())).values().forEach(after::enqueue);
        }
        noEffect(delivered, job, upload, after);
      }
      case Nothing nothing ->
          LOG.atInfo()
              .addKeyValue("upload_id", job.uploadId())
              .addKeyValue("why", nothing.why())
              .log("job without work");
    }
  }

  /// A part whose bytes are in the store and whose commit was answered.
  void committed(DeliveredJob delivered, CommitOutcome outcome, Aftermath after) {
    switch (outcome) {
      case Committed(StoredWork stored, Next next, var taken, var parkedFor) -> {
        parkedFor.ifPresent(after::release);
        follow(stored.work(), next, after);
        handOn.stored(stored.work(), taken).ifPresent(after::enqueue);
        clearStaging(stored.work(), after);
      }
      case LandedTooLate(StoredWork stored, PendingJob purge) -> {
        after.enqueue(purge);
        noEffect(delivered, stored.work().job(), stored.work().upload(), after);
      }
      case SomeoneWasFirst(StoredWork stored) ->
          noEffect(delivered, stored.work().job(), stored.work().upload(), after);
    }
  }

  /// A part whose bytes, or whose commit, did not go.
  JobOutcome failed(DeliveredJob delivered, PartWork work, Exception met, Aftermath after)
      throws InterruptedException {
    return switch (trouble.settle(work, met)) {
      case PartTrouble.Consequence.StillInHand inHand -> new JobOutcome.NotNow(inHand.why());
      case PartTrouble.Consequence.Settled settled -> {
        noEffect(delivered, work.job(), work.upload(), after);
        yield JobOutcome.DONE;
      }
    };
  }

  /// A part whose upload ended while it was on its way, or that somebody else has in hand.
  void moot(DeliveredJob delivered, PartWork work, Aftermath after) {
    noEffect(delivered, work.job(), work.upload(), after);
  }

  private static void follow(PartWork work, Next next, Aftermath after) {
    switch (next) {
      case Next.Wait wait -> {}
      case Next.Enqueue(PendingJob job) -> after.enqueue(job);
      case Next.Completed completed -> {
        // Nobody waits for the end of what was a file before.
        if (work.upload().origin() == UploadOrigin.CHUNKED) {
          after.tellEnded(work.upload().id());
        }
      }
      case Next.Failed(PendingJob purge) -> {
        after.enqueue(purge);
        after.tellEnded(work.upload().id());
      }
    }
  }

  private void noEffect(DeliveredJob delivered, StorePart job, WorkUpload upload, Aftermath after) {
    handOn.settled(job, upload, delivered.deliveryCount() == 1).ifPresent(after::enqueue);
  }

  /// A one-request file can be read before it is complete. The parts of a multipart upload cannot, so
  /// its readers use staging until the finaliser has joined them.
  private void clearStaging(PartWork work, Aftermath after) {
    boolean readInStaging =
        work.upload().origin() == UploadOrigin.ONE_REQUEST
            && store.usesMultipart()
            && !work.isWholeFile();
    if (!readInStaging) {
      after.clear(work.stagingKeys());
    }
  }
}
