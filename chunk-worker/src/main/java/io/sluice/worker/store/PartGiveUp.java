package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.PendingJob;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.DeadLetters.GivenUp;
import io.sluice.worker.retry.GiveUpCause;
import io.sluice.worker.upload.UploadEnding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives chunks up: they become FAILED, with a dead letter, and their upload with them if its client
/// has already gone away content.
@Component
final class PartGiveUp {

  /// What giving up came to.
  ///
  /// @param purge set if the upload failed with it
  record Given(boolean wasOurs, Optional<PendingJob> purge) {}

  private final TransactionTemplate transactions;
  private final UploadProgress progress;
  private final UploadEnding ending;
  private final ChunkRounds rounds;
  private final DeadLetters deadLetters;

  PartGiveUp(
      TransactionTemplate transactions,
      UploadProgress progress,
      UploadEnding ending,
      ChunkRounds rounds,
      DeadLetters deadLetters) {
    this.transactions = transactions;
    this.progress = progress;
    this.ending = ending;
    this.rounds = rounds;
    this.deadLetters = deadLetters;
  }

  /// @param chunks those of the part that are given up
  /// @param uploadToo whether the upload cannot succeed whatever its client sends
  Given giveUp(
      PartWork work, List<ChunkRow> chunks, GiveUpCause cause, String detail, boolean uploadToo) {
    int attempts = 1 + chunks.stream().mapToInt(ChunkRow::attempts).max().orElse(0);
    Instant firstFailed =
        chunks.stream()
            .map(ChunkRow::firstFailedAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    GivenUp letter = new GivenUp(work.job(), cause, detail, attempts, firstFailed);
    Given given = transactions.execute(status -> write(work, chunks, letter, uploadToo));
    if (given.wasOurs()) {
      deadLetters.tell(letter);
    }
    return given;
  }

  private Given write(PartWork work, List<ChunkRow> chunks, GivenUp letter, boolean uploadToo) {
    UUID id = work.upload().id();
    // An upload that fails from IN_PROGRESS takes the stronger lock, and takes it first: going over
    // to
    // it from the other would deadlock with a second worker doing the same.
    LockedUpload upload =
        uploadToo ? progress.lockToEnd(id).orElse(null) : progress.lock(List.of(id)).get(id);
    if (upload == null
        || upload.isGone()
        || !rounds.giveUp(work, chunks, letter.attempts(), letter.cause(), letter.detail())) {
      return new Given(false, Optional.empty());
    }
    int part = work.job().part();
    rounds.letRestWait(id, work.plan().firstChunkOf(part), work.plan().lastChunkOf(part));
    deadLetters.insert(letter);
    boolean fails = uploadToo || upload.status() == UploadStatus.COMPLETING;
    return new Given(
        true,
        fails
            ? Optional.ofNullable(ending.fail(List.of(id), letter.cause()).get(id))
            : Optional.empty());
  }
}
