package io.sluice.gateway.completion;

import io.sluice.failpoint.Failpoint;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.MissingChunks;
import io.sluice.model.job.Job;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.Judgement;
import io.sluice.model.upload.UploadEvent;
import io.sluice.model.upload.UploadStatus;
import io.sluice.model.upload.UploadTransitions;
import io.sluice.queue.produce.JobQueue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes the decision that an upload is whole.
@Component
final class Completion {

  private static final int MOST_INDEXES_SHOWN = 100;

  /// Conflicts with the lock of a chunk's commit, so that what is counted under it stays so.
  private static final String LOCK =
      """
      select status, coalesce(total_chunks, -1) as total_chunks, stored_chunks, declared_sha256, sha256
      from uploads where id = :id and owner_id = :ownerId and origin = 'CHUNKED' for update
      """;

  /// Where every part is stored there is no worker left who would notice: the job is ours to enqueue.
  private static final String COMPLETE =
      """
      update uploads set status = 'COMPLETING', updated_at = now(),
          declared_sha256 = coalesce(declared_sha256, :sha256),
          enqueued_at = case when stored_chunks = total_chunks then now() end
      where id = :id and status in ('INITIATED', 'IN_PROGRESS')
      returning enqueued_at
      """;

  private record Row(
      UploadStatus status,
      int totalChunks,
      @Nullable String declaredSha256,
      @Nullable String sha256) {}

  private final JdbcClient jdbc;
  private final MissingChunks missing;
  private final JobQueue queue;
  private final TransactionTemplate transaction;

  Completion(
      JdbcClient jdbc,
      MissingChunks missing,
      JobQueue queue,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.missing = missing;
    this.queue = queue;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// Makes an upload COMPLETING, unless it is that already or further.
  ///
  /// @param sha256 of the file, as this call declares it
  /// @throws ProblemException 404; 409: chunks are missing, the digest contradicts, the upload has ended
  void complete(UUID id, String ownerId, @Nullable String sha256) {
    Optional<Instant> enqueuedAt =
        transaction.execute(status -> completeLocked(id, ownerId, sha256));
    Failpoint.hit("gateway.completing-committed");
    enqueuedAt.ifPresent(at -> queue.enqueue(new Job.FinalizeUpload(id), at));
  }

  private Optional<Instant> completeLocked(UUID id, String ownerId, @Nullable String sha256) {
    Row row = lock(id, ownerId);
    return switch (UploadTransitions.judge(row.status(), UploadEvent.COMPLETE)) {
      case Judgement.Move<UploadStatus> move -> {
        checkDeclared(row.declaredSha256(), sha256);
        checkWhole(id, row);
        yield move(id, sha256);
      }
      case Judgement.Done<UploadStatus> done -> {
        checkStillComparable(row, sha256);
        yield Optional.empty();
      }
      // What has ended is told by whoever waits for the end, from the reason in the row.
      case Judgement.Refuse<UploadStatus> refuse -> Optional.empty();
    };
  }

  private Row lock(UUID id, String ownerId) {
    return jdbc.sql(LOCK)
        .param("id", id)
        .param("ownerId", ownerId)
        .query((row, number) ->
            new Row(
                UploadStatus.valueOf(row.getString("status")),
                row.getInt("total_chunks"),
                row.getString("declared_sha256"),
                row.getString("sha256")))
        .optional()
        .orElseThrow(ProblemException::notFound);
  }

  /// Two digests for one file: one of them is wrong, and nobody can tell which before the client looks.
  private static void checkDeclared(@Nullable String before, @Nullable String now) {
    if (before != null && now != null && !before.equals(now)) {
      throw ProblemException.invalid(
          "file_checksum_sha256", "is not the digest that was declared before");
    }
  }

  private static void checkStillComparable(Row row, @Nullable String now) {
    String known = row.sha256() == null ? row.declaredSha256() : row.sha256();
    if (now == null || now.equals(known)) {
      return;
    }
    throw known == null
        ? new ProblemException(
            ProblemCode.UPLOAD_ALREADY_COMPLETED,
            "The file was completed without a checksum, so this one cannot be compared any more.")
        : new ProblemException(
            ProblemCode.FILE_CHECKSUM_MISMATCH, "The file has the SHA-256 " + known + ".");
  }

  private void checkWhole(UUID id, Row row) {
    int count = missing.count(id, row.totalChunks());
    if (count > 0) {
      List<Integer> first = missing.indexes(id, 0, row.totalChunks(), MOST_INDEXES_SHOWN);
      throw new ProblemException(
          new Problem(ProblemCode.MISSING_CHUNKS, count + " chunks were not acknowledged yet.")
              .with("missing_count", count)
              .with("missing_chunk_indexes", first));
    }
  }

  private Optional<Instant> move(UUID id, @Nullable String sha256) {
    OffsetDateTime at =
        jdbc.sql(COMPLETE)
            .param("id", id)
            .param("sha256", sha256)
            .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
            .single()
            .orElse(null);
    return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
  }
}
