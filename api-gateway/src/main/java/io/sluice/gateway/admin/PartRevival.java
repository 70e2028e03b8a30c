package io.sluice.gateway.admin;

import io.sluice.gateway.enqueue.PartQueue;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings the chunks of a part back that were given up. Their bytes are still staged: they stay until
/// the upload is purged.
@Component
final class PartRevival {

  private static final Set<UploadStatus> ALIVE =
      Set.of(UploadStatus.IN_PROGRESS, UploadStatus.COMPLETING);

  /// The lock that a chunk's commit takes too: whoever ends the upload is before or after.
  private static final String LOCK = "select status from uploads where id = :upload for key share";

  /// Only the bytes that were looked for: a chunk that its client has sent again in between is left alone.
  private static final String REVIVE =
      """
      update chunks
      set status = 'STAGED', attempts = 0, enqueued_at = null, next_attempt_at = null,
          first_failed_at = null, last_error = null
      where upload_id = :upload and chunk_index = any(cast(:indexes as int[]))
        and staging_key = any(cast(:keys as text[])) and status = 'FAILED'
      """;

  private final Uploads uploads;
  private final Chunks chunks;
  private final StagingStore staging;
  private final PartQueue queue;
  private final JdbcClient jdbc;

  PartRevival(
      Uploads uploads, Chunks chunks, StagingStore staging, PartQueue queue, JdbcClient jdbc) {
    this.uploads = uploads;
    this.chunks = chunks;
    this.staging = staging;
    this.queue = queue;
    this.jdbc = jdbc;
  }

  /// Looks whether there is anything to store.
  ///
  /// @throws ProblemException 409: the upload has ended, or bytes are gone; 503: staging is away
  Revival prepare(UUID uploadId, int part) {
    Upload upload =
        uploads
            .findById(uploadId)
            .filter(found -> ALIVE.contains(found.status()) && found.totalChunks() != null)
            .orElseThrow(Replay::ended);
    ChunkPlan plan = upload.plan();
    if (part >= plan.totalParts()) {
      throw Replay.notReplayable("The upload has no such part.");
    }
    List<ChunkRow> failed =
        chunks.range(uploadId, plan.firstChunkOf(part), plan.lastChunkOf(part)).stream()
            .filter(chunk -> chunk.status() == ChunkStatus.FAILED)
            .toList();
    failed.forEach(this::refuseIfGone);
    return new OfPart(plan, uploadId, part, failed);
  }

  private void refuseIfGone(ChunkRow chunk) {
    try {
      staging.open(chunk.stagingKey(), 0, Math.min(1, chunk.sizeBytes())).close();
    } catch (StagedBytesMissingException e) {
      throw Replay.notReplayable(
          "The bytes of chunk " + chunk.chunkIndex() + " are gone; its client can send it again.");
    } catch (IOException e) {
      throw ProblemException.unavailable("Staging cannot be reached just now.", e);
    }
  }

  private final class OfPart implements Revival {

    private final ChunkPlan plan;
    private final UUID uploadId;
    private final int part;
    private final List<ChunkRow> failed;

    private OfPart(ChunkPlan plan, UUID uploadId, int part, List<ChunkRow> failed) {
      this.plan = plan;
      this.uploadId = uploadId;
      this.part = part;
      this.failed = failed;
    }

    @Override
    public void write() {
      UploadStatus now =
          UploadStatus.valueOf(
              jdbc.sql(LOCK).param("upload", uploadId).query(String.class).single());
      if (!ALIVE.contains(now)) {
        throw Replay.ended();
      }
      jdbc.sql(REVIVE)
          .param("upload", uploadId)
          .param("indexes", failed.stream().mapToInt(ChunkRow::chunkIndex).toArray())
          .param("keys", failed.stream().map(ChunkRow::stagingKey).toArray(String[]::new))
          .update();
    }

    /// A part that lacks other chunks waits for them; one whose upload has enough in the queue waits too.
    @Override
    public void enqueue() {
      queue.enqueueIfWhole(uploadId, plan, plan.firstChunkOf(part));
    }
  }
}
