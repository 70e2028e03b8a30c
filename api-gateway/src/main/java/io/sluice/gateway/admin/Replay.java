package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/// Has a parked job tried now, exactly once however often somebody asks: whoever marks the letter
/// as replayed does the rest, in the same transaction, and makes the job after it.
///
/// If the process dies in between, the rows say that there is a job, and the reaper finds that there is
/// none.
@Component
final class Replay {

  /// 0 rows: somebody was first. The second of two that come at once waits here for the first one's end.
  private static final String MARK =
      """
      update dead_letters set replayed_at = now() where id = :id and replayed_at is null
      returning replayed_at
      """;

  record Answer(UUID id, String status, Instant replayedAt) {
    private Answer(UUID id, Instant replayedAt) {
      this(id, "REPLAYED", replayedAt);
    }
  }

  private final JdbcClient jdbc;
  private final PartRevival parts;
  private final UploadJobRevival uploadJobs;
  private final TransactionTemplate transaction;

  Replay(
      JdbcClient jdbc,
      PartRevival parts,
      UploadJobRevival uploadJobs,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.parts = parts;
    this.uploadJobs = uploadJobs;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// Replays a letter, or finds it replayed.
  ///
  /// @throws ProblemException 404; 409: there is nothing left that could be done
  Answer replay(UUID id) {
    DeadLetterRow letter = find(id);
    if (letter.replayedAt() != null) {
      return new Answer(id, letter.replayedAt());
    }
    if (letter.resolved()) {
      throw notReplayable("The job was done since.");
    }
    Revival revival = prepare(letter);
    Optional<Instant> marked = transaction.execute(status -> mark(id, revival, status));
    marked.ifPresent(at -> revival.enqueue());
    return new Answer(id, marked.orElseGet(() -> replayedBySomebody(id)));
  }

  private DeadLetterRow find(UUID id) {
    return DeadLetterRow.find(jdbc, id).orElseThrow(ProblemException::notFound);
  }

  private Revival prepare(DeadLetterRow letter) {
    UUID upload = letter.uploadId();
    if (upload == null) {
      throw notReplayable("The message could not be read, so nobody knows what it asked for.");
    }
    return switch (letter.jobType()) {
      case "FINALIZE_UPLOAD" -> uploadJobs.finalizing(upload);
      case "PURGE_UPLOAD" -> uploadJobs.purging(upload);
      case "STORE_PART" -> parts.prepare(upload, Objects.requireNonNull(letter.part()));
      default -> throw notReplayable("Nobody knows how to do this job again.");
    };
  }

  /// First the rows, then the letter, in the order in which workers lock them.
  private Optional<Instant> mark(UUID id, Revival revival, TransactionStatus status) {
    revival.write();
    Optional<Instant> at =
        jdbc.sql(MARK)
            .param("id", id)
            .query(OffsetDateTime.class)
            .optional()
            .map(OffsetDateTime::toInstant);
    if (at.isEmpty()) {
      status.setRollbackOnly();
    }
    return at;
  }

  private Instant replayedBySomebody(UUID id) {
    Instant at = find(id).replayedAt();
    if (at == null) {
      throw new IllegalStateException("dead letter " + id + " was and was not replayed");
    }
    return at;
  }

  static ProblemException notReplayable(String detail) {
    return new ProblemException(ProblemCode.DEAD_LETTER_NOT_REPLAYABLE, detail);
  }

  static ProblemException ended() {
    return new ProblemException(
        ProblemCode.UPLOAD_NOT_ACTIVE, "The upload has ended; nothing can be stored for it.");
  }
}
