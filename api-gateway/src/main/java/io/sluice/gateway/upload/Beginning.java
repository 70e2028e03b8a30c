package io.sluice.gateway.upload;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.content.ContentPolicy;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.OnceOnly;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.BeginningRows.Entry;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.JobQueue;
import io.sluice.storage.object.ObjectStore;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Begins uploads.
@Component
final class Beginning {

  private static final String SCOPE = "upload.init";

  /// An empty file that completes by itself has no chunk whose storing could do it.
  private static final String COMPLETE_EMPTY =
      """
      update uploads set status = 'COMPLETING', enqueued_at = now(), updated_at = now()
      where id = :id and status = 'INITIATED' and total_chunks = 0
      """;

  private final JdbcClient jdbc;
  private final BeginningRows rows;
  private final ObjectStore store;
  private final OnceOnly onceOnly;
  private final JobQueue queue;
  private final DatabaseClock clock;
  private final UploadSettings settings;
  private final ContentPolicy contentPolicy;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  Beginning(
      JdbcClient jdbc,
      BeginningRows rows,
      ObjectStore store,
      OnceOnly onceOnly,
      JobQueue queue,
      DatabaseClock clock,
      UploadSettings settings,
      ContentPolicy contentPolicy) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.store = store;
    this.onceOnly = onceOnly;
    this.queue = queue;
    this.clock = clock;
    this.settings = settings;
    this.contentPolicy = contentPolicy;
  }

  /// Begins an upload, or finds the one that the same key began before.
  InitAnswer begin(Caller caller, InitRequest request, Optional<String> idempotencyKey)
      throws InterruptedException {
    NewUpload upload = request.checked(settings);
    checkType(upload);
    ChunkPlan plan = ChunkPlan.of(upload.fileSize(), upload.chunkSize(), store.partLimits());
    Entry entry = new Entry(ids.generate(), caller.ownerId(), upload, plan);
    InitAnswer answer =
        idempotencyKey.isPresent() ? beginOnce(entry, idempotencyKey.get()) : begin(entry);
    if (answer.status() == UploadStatus.COMPLETING) {
      queue.enqueue(new Job.FinalizeUpload(answer.uploadId()), clock.now());
    }
    return answer;
  }

  private InitAnswer beginOnce(Entry entry, String key) {
    return onceOnly.run(
        new IdempotencyKey(entry.ownerId(), SCOPE, key),
        entry.upload().fingerprint(),
        InitAnswer.class,
        () -> beginHere(entry));
  }

  /// What the client calls its file can refuse it, and is not kept: the first chunk's bytes tell what it
  /// is. They must be enough to tell where it matters.
  private void checkType(NewUpload upload) {
    upload.declaredContentType().ifPresent(contentPolicy::checkDeclared);
    long chunkSize = upload.chunkSize();
    if (contentPolicy.isRestricted()
        && chunkSize < ContentPolicy.HEAD_BYTES
        && chunkSize < upload.fileSize()) {
      throw ProblemException.invalid(
          "chunk_size",
          "must be at least " + ContentPolicy.HEAD_BYTES + " where not all types are accepted");
    }
  }

  private InitAnswer begin(Entry entry) throws InterruptedException {
    return answer(entry, rows.commit(entry));
  }

  private InitAnswer beginHere(Entry entry) {
    return answer(entry, rows.insert(entry));
  }

  private InitAnswer answer(Entry entry, Instant expiresAt) {
    ChunkPlan plan = entry.plan();
    UploadStatus status = UploadStatus.INITIATED;
    if (entry.upload().autoComplete() && plan.totalChunks() == 0) {
      jdbc.sql(COMPLETE_EMPTY).param("id", entry.id()).update();
      status = UploadStatus.COMPLETING;
    }
    return new InitAnswer(entry.id(), plan.chunkSizeBytes(), plan.totalChunks(), status, expiresAt);
  }
}
