package io.sluice.worker.purge;

import io.sluice.failpoint.Failpoint;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job.PurgeUpload;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.circuit.StoreCircuit;
import io.sluice.worker.lease.LongJobs;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.upload.StagingKeys;
import io.sluice.worker.upload.WorkUpload;
import io.sluice.worker.upload.WorkUploads;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Removes the bytes of an upload that did not become a file, or is none any more, wherever they are,
/// and only then says so. Every step may be done again.
@Component
public class Purger {

  private static final Set<UploadStatus> GONE =
      Set.of(UploadStatus.FAILED, UploadStatus.ABORTED, UploadStatus.DELETED);

  /// More chunks than this take longer to remove than a record may stay in hand.
  private static final int MOST_CHUNKS_IN_HAND = 256;

  private static final String CHUNKS_SEEN =
      "select coalesce(max(chunk_index) + 1, 0) from chunks where upload_id = :id";

  /// Chunk rows name bytes, and there are none any more.
  private static final String FORGET_CHUNKS = "delete from chunks where upload_id = :id";

  private static final String FORGET_CHECKSUMS =
      "delete from chunk_checksums where upload_id = :id";

  /// 0 rows: bytes may have landed since the row was read, so it is done again.
  private static final String PURGED =
      """
      update uploads
      set purged_at = now(), stored_chunks = 0, multipart_id = null, enqueued_at = null,
          next_attempt_at = null, last_error = null, updated_at = now()
      where id = :id and status in ('FAILED', 'ABORTED', 'DELETED') and purged_at is null
        and updated_at = :seen
      """;

  private final WorkUploads uploads;
  private final ObjectStore store;
  private final StoreCircuit circuit;
  private final StagingKeys stagingKeys;
  private final PlaceGuard places;
  private final DeadLetters letters;
  private final PurgeTrouble trouble;
  private final LongJobs longJobs;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Purger(
      WorkUploads uploads,
      ObjectStore store,
      StoreCircuit circuit,
      StagingKeys stagingKeys,
      PlaceGuard places,
      DeadLetters letters,
      PurgeTrouble trouble,
      LongJobs longJobs,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.uploads = uploads;
    this.store = store;
    this.circuit = circuit;
    this.stagingKeys = stagingKeys;
    this.places = places;
    this.letters = letters;
    this.trouble = trouble;
    this.longJobs = longJobs;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /// Runs one job.
  public JobOutcome run(PurgeUpload job) throws InterruptedException {
    Optional<WorkUpload> found = uploads.find(job.uploadId());
    if (found.isEmpty() || !found.get().isGone() || found.get().purged()) {
      return JobOutcome.DONE;
    }
    WorkUpload upload = found.get();
    int chunks = jdbc.sql(CHUNKS_SEEN).param("id", upload.id()).query(Integer.class).single();
    if (chunks > MOST_CHUNKS_IN_HAND) {
      longJobs.start(upload.id(), GONE, () -> purge(upload, chunks));
      return JobOutcome.DONE;
    }
    return purge(upload, chunks);
  }

  private JobOutcome purge(WorkUpload upload, int chunks) throws InterruptedException {
    Optional<String> held =
        places.noRemoval(PlaceKind.OBJECTS).or(() -> places.noRemoval(PlaceKind.STAGING));
    if (held.isPresent()) {
      trouble.putOff(upload, held.get());
      return JobOutcome.DONE;
    }
    try {
      ObjectRef object = upload.object(upload.plan().orElseGet(() -> planOf(upload, chunks)));
      circuit.call(() -> {
        store.delete(object);
        return object;
      });
      Failpoint.hit("worker.object-deleted");
      stagingKeys.deleteAll(upload.id());
      Failpoint.hit("worker.staging-purged");
      transactions.executeWithoutResult(status -> purged(upload));
      return JobOutcome.DONE;
    } catch (IOException | RuntimeException e) {
      return trouble.settle(upload, e);
    }
  }

  private void purged(WorkUpload upload) {
    int rows =
        jdbc.sql(PURGED)
            .param("id", upload.id())
            .param("seen", upload.updatedAt().atOffset(ZoneOffset.UTC))
            .update();
    if (rows == 1) {
      jdbc.sql(FORGET_CHUNKS).param("id", upload.id()).update();
      jdbc.sql(FORGET_CHECKSUMS).param("id", upload.id()).update();
      letters.resolveAll(upload.id());
    }
  }

  /// A file whose length was never learned is as long as what came of it.
  private static ChunkPlan planOf(WorkUpload upload, int chunks) {
    return new ChunkPlan(
        chunks * upload.chunkSizeBytes(), upload.chunkSizeBytes(), chunks, upload.chunksPerPart());
  }
}
