package io.sluice.gateway.admin;

import io.sluice.gateway.enqueue.PartQueue;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Has a parked part tried again now, with all its quick tries before it. Its bytes are where they were.
@Component
final class PartRevival {

  private static final Set<UploadStatus> ALIVE =
      Set.of(UploadStatus.IN_PROGRESS, UploadStatus.COMPLETING);

  /// The lock that a chunk's commit takes too: whoever ends the upload is before or after.
  private static final String LOCK = "select status from uploads where id = :upload for key share";

  /// A part whose chunks are all STAGED is free to be enqueued at once. One with a DAMAGED chunk is due at
  /// once: the reaper has it looked for again.
  private static final String REVIVE =
      """
      update chunks
      set attempts = 0, first_failed_at = null, last_error = null, enqueued_at = null,
          next_attempt_at = case when status = 'DAMAGED' then now() end
      where upload_id = :upload and chunk_index between :first and :last
        and status in ('STAGED', 'DAMAGED')
      """;

  private final Uploads uploads;
  private final PartQueue queue;
  private final JdbcClient jdbc;

  PartRevival(Uploads uploads, PartQueue queue, JdbcClient jdbc) {
    this.uploads = uploads;
    this.queue = queue;
    this.jdbc = jdbc;
  }

  /// Looks whether there is anything to store.
  ///
  /// @throws ProblemException 409: the upload has ended
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
    return new OfPart(plan, uploadId, part);
  }

  private final class OfPart implements Revival {

    private final ChunkPlan plan;
    private final UUID uploadId;
    private final int part;

    private OfPart(ChunkPlan plan, UUID uploadId, int part) {
      this.plan = plan;
      this.uploadId = uploadId;
      this.part = part;
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
          .param("first", plan.firstChunkOf(part))
          .param("last", plan.lastChunkOf(part))
          .update();
    }

    /// A part that lacks other chunks waits for them; one whose upload has enough in the queue waits too.
    @Override
    public void enqueue() {
      queue.enqueueIfWhole(uploadId, plan, plan.firstChunkOf(part));
    }
  }
}
