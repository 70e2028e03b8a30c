package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.job.Job;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.Judgement;
import io.sluice.model.upload.UploadEvent;
import io.sluice.model.upload.UploadStatus;
import io.sluice.model.upload.UploadTransitions;
import io.sluice.queue.produce.JobQueue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives an upload up for its client.
@Component
final class Abortion {

  /// The lock conflicts with the one that a chunk's commit takes: a chunk is either committed before,
  /// and purged with the rest, or refused.
  private static final String LOCK =
      "select status from uploads where id = :id and owner_id = :ownerId for update";

  private static final String ABORT =
      """
      update uploads set status = 'ABORTED', end_code = 'aborted_by_client',
          end_detail = 'Its client gave it up.', enqueued_at = now(), next_attempt_at = null,
          updated_at = now()
      where id = :id and status in ('INITIATED', 'IN_PROGRESS')
      returning enqueued_at
      """;

  private final JdbcClient jdbc;
  private final JobQueue queue;
  private final TransactionTemplate transaction;

  Abortion(JdbcClient jdbc, JobQueue queue, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.queue = queue;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// Aborts, or finds it aborted.
  ///
  /// @return whether this call did it
  /// @throws ProblemException 404; 409: it is beyond that
  boolean abort(UUID id, String ownerId) {
    Optional<Instant> enqueuedAt = transaction.execute(status -> abortLocked(id, ownerId));
    enqueuedAt.ifPresent(at -> queue.enqueue(new Job.PurgeUpload(id), at));
    return enqueuedAt.isPresent();
  }

  private Optional<Instant> abortLocked(UUID id, String ownerId) {
    UploadStatus now =
        jdbc.sql(LOCK)
            .param("id", id)
            .param("ownerId", ownerId)
            .query(String.class)
            .optional()
            .map(UploadStatus::valueOf)
            .orElseThrow(ProblemException::notFound);
    return switch (UploadTransitions.judge(now, UploadEvent.ABORT)) {
      case Judgement.Move<UploadStatus> move ->
          Optional.of(
              jdbc.sql(ABORT).param("id", id).query(OffsetDateTime.class).single().toInstant());
      case Judgement.Done<UploadStatus> done -> Optional.empty();
      case Judgement.Refuse<UploadStatus> refuse -> throw refused(now);
    };
  }

  private static ProblemException refused(UploadStatus now) {
    return now == UploadStatus.COMPLETED
        ? new ProblemException(
            ProblemCode.UPLOAD_ALREADY_COMPLETED, "It is a file now; delete the file instead.")
        : new ProblemException(
            ProblemCode.UPLOAD_NOT_ACTIVE, "The upload is " + now + " and cannot be aborted.");
  }
}
