package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.DeadLetters.Parked;
import io.sluice.worker.retry.ParkCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Parks parts: a letter that stays open until they are stored, and a next try that always comes. The
/// bytes, and what their client was told, stay as they are.
@Component
final class PartParking {

  private static final Logger LOG = LoggerFactory.getLogger(PartParking.class);

  private final TransactionTemplate transactions;
  private final UploadProgress progress;
  private final ChunkRounds rounds;
  private final DeadLetters letters;

  PartParking(
      TransactionTemplate transactions,
      UploadProgress progress,
      ChunkRounds rounds,
      DeadLetters letters) {
    this.transactions = transactions;
    this.progress = progress;
    this.rounds = rounds;
    this.letters = letters;
  }

  /// Parks a part whose bytes are as they should be.
  void park(PartWork work, ParkCause cause, int attempts, Duration delay, String detail) {
    park(
        letter(work, work.chunks(), cause, attempts, detail),
        () -> rounds.tryLater(work, attempts, delay, detail));
  }

  /// Writes down that bytes of an acknowledged chunk are missing or wrong, and parks its part. The rest of
  /// the part waits without a job.
  ///
  /// @param chunks those of the part it is about
  void damaged(
      PartWork work,
      List<ChunkRow> chunks,
      ParkCause cause,
      int attempts,
      Duration delay,
      String detail) {
    boolean isNew = chunks.stream().anyMatch(row -> row.status() != ChunkStatus.DAMAGED);
    boolean ours =
        park(
            letter(work, chunks, cause, attempts, detail),
            () -> {
              boolean damaged = rounds.damaged(work, chunks, attempts, delay, detail);
              int part = work.job().part();
              rounds.letRestWait(
                  work.upload().id(),
                  work.plan().firstChunkOf(part),
                  work.plan().lastChunkOf(part));
              return damaged;
            });
    if (ours && isNew) {
      LOG.atError()
          .addKeyValue("severity", "CRITICAL")
          .addKeyValue("upload_id", work.upload().id())
          .addKeyValue("chunk_indexes", chunks.stream().map(ChunkRow::chunkIndex).toList())
          .addKeyValue("cause", cause.wire())
          .addKeyValue("detail", detail)
          .log("CRITICAL: acknowledged bytes are missing or damaged");
    }
  }

  private boolean park(Parked letter, BooleanSupplier writing) {
    UUID upload = letter.job().uploadId();
    record Written(boolean ours, boolean isNew) {}
    Written written =
        transactions.execute(status -> {
          LockedUpload locked = progress.lock(List.of(upload)).get(upload);
          boolean ours = locked != null && !locked.isGone() && writing.getAsBoolean();
          return new Written(ours, ours && letters.park(letter));
        });
    if (written.isNew()) {
      letters.tell(letter);
    }
    return written.ours();
  }

  private static Parked letter(
      PartWork work, List<ChunkRow> chunks, ParkCause cause, int attempts, String detail) {
    Instant firstFailed =
        chunks.stream()
            .map(ChunkRow::firstFailedAt)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    return new Parked(work.job(), cause, detail, attempts, firstFailed);
  }
}
