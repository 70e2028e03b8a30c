package io.sluice.gateway.upload;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.content.ContentPolicy;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.OnceOnly;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.UserMetadataColumn;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.JobQueue;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Begins uploads.
@Component
final class Beginning {

  private static final String SCOPE = "upload.init";

  private static final String INSERT =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, auto_complete, content_type, metadata, declared_sha256,
          storage_element, object_key, expires_at)
      values (:id, :ownerId, :fileName, :fileSize, :chunkSize, :totalChunks,
          :chunksPerPart, 'INITIATED', 'CHUNKED', :autoComplete, :contentType,
          cast(:metadata as jsonb), :declaredSha256, 'default', :objectKey,
          now() + make_interval(secs => :ttlSeconds))
      returning expires_at
      """;

  /// An empty file that completes by itself has no chunk whose storing could do it.
  private static final String COMPLETE_EMPTY =
      """
      update uploads set status = 'COMPLETING', enqueued_at = now(), updated_at = now()
      where id = :id and status = 'INITIATED' and total_chunks = 0
      """;

  private final JdbcClient jdbc;
  private final ObjectStore store;
  private final OnceOnly onceOnly;
  private final JobQueue queue;
  private final DatabaseClock clock;
  private final UploadSettings settings;
  private final ContentPolicy contentPolicy;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  Beginning(
      JdbcClient jdbc,
      ObjectStore store,
      OnceOnly onceOnly,
      JobQueue queue,
      DatabaseClock clock,
      UploadSettings settings,
      ContentPolicy contentPolicy) {
    this.jdbc = jdbc;
    this.store = store;
    this.onceOnly = onceOnly;
    this.queue = queue;
    this.clock = clock;
    this.settings = settings;
    this.contentPolicy = contentPolicy;
  }

  /// Begins an upload, or finds the one that the same key began before.
  InitAnswer begin(Caller caller, InitRequest request, Optional<String> idempotencyKey) {
    NewUpload upload = request.checked(settings);
    checkType(upload);
    InitAnswer answer =
        idempotencyKey
            .map(key -> new IdempotencyKey(caller.ownerId(), SCOPE, key))
            .map(key ->
                onceOnly.run(
                    key, upload.fingerprint(), InitAnswer.class, () -> begin(caller, upload)))
            .orElseGet(() -> begin(caller, upload));
    if (answer.status() == UploadStatus.COMPLETING) {
      queue.enqueue(new Job.FinalizeUpload(answer.uploadId()), clock.now());
    }
    return answer;
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

  private InitAnswer begin(Caller caller, NewUpload upload) {
    UUID id = ids.generate();
    ChunkPlan plan = ChunkPlan.of(upload.fileSize(), upload.chunkSize(), store.partLimits());
    Instant expiresAt = insert(id, caller, upload, plan);
    UploadStatus status = UploadStatus.INITIATED;
    if (upload.autoComplete() && plan.totalChunks() == 0) {
      jdbc.sql(COMPLETE_EMPTY).param("id", id).update();
      status = UploadStatus.COMPLETING;
    }
    return new InitAnswer(id, plan.chunkSizeBytes(), plan.totalChunks(), status, expiresAt);
  }

  private Instant insert(UUID id, Caller caller, NewUpload upload, ChunkPlan plan) {
    return jdbc.sql(INSERT)
        .param("id", id)
        .param("ownerId", caller.ownerId())
        .param("fileName", upload.fileName())
        .param("fileSize", plan.fileSizeBytes())
        .param("chunkSize", plan.chunkSizeBytes())
        .param("totalChunks", plan.totalChunks())
        .param("chunksPerPart", plan.chunksPerPart())
        .param("autoComplete", upload.autoComplete())
        .param("contentType", ContentPolicy.UNKNOWN)
        .param("metadata", UserMetadataColumn.write(upload.metadata()))
        .param("declaredSha256", upload.declaredSha256())
        .param("objectKey", ObjectKeys.forUpload(id))
        .param("ttlSeconds", settings.staleTtlSeconds())
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
