package io.sluice.worker.finalize;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.failpoint.Failpoint;
import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job.FinalizeUpload;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.lease.LongJobs;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.retry.ParkCause;
import io.sluice.worker.retry.ParkedJobs;
import io.sluice.worker.upload.StagingKeys;
import io.sluice.worker.upload.UploadEnding;
import io.sluice.worker.upload.UploadEnding.Completion;
import io.sluice.worker.upload.VerifiedFile;
import io.sluice.worker.upload.WorkUpload;
import io.sluice.worker.upload.WorkUploads;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes an upload from COMPLETING to COMPLETED: join, prove, compare with what was declared, commit,
/// tell. Every step may be done again.
@Component
public class Finalizer {

  private static final Logger LOG = LoggerFactory.getLogger(Finalizer.class);

  /// What can be read while a record is in hand, even from a slow store.
  private static final long MOST_BYTES_READ_IN_HAND = 64L << 20;

  private final WorkUploads uploads;
  private final StoredChunks chunks;
  private final ObjectProof proof;
  private final WholeFileDigest wholeFile;
  private final UploadEnding ending;
  private final FinalizeTrouble trouble;
  private final LongJobs longJobs;
  private final StagingKeys stagingKeys;
  private final UploadSignals signals;
  private final JobQueue queue;
  private final DeadLetters letters;
  private final ParkedJobs parked;
  private final PlaceGuard places;
  private final TransactionTemplate transactions;

  Finalizer(
      WorkUploads uploads,
      StoredChunks chunks,
      ObjectProof proof,
      WholeFileDigest wholeFile,
      UploadEnding ending,
      FinalizeTrouble trouble,
      LongJobs longJobs,
      StagingKeys stagingKeys,
      UploadSignals signals,
      JobQueue queue,
      DeadLetters letters,
      ParkedJobs parked,
      PlaceGuard places,
      TransactionTemplate transactions) {
    this.uploads = uploads;
    this.chunks = chunks;
    this.proof = proof;
    this.wholeFile = wholeFile;
    this.ending = ending;
    this.trouble = trouble;
    this.longJobs = longJobs;
    this.stagingKeys = stagingKeys;
    this.signals = signals;
    this.queue = queue;
    this.letters = letters;
    this.parked = parked;
    this.places = places;
    this.transactions = transactions;
  }

  /// Runs one job.
  public JobOutcome run(DeliveredJob delivered, FinalizeUpload job) throws InterruptedException {
    Optional<WorkUpload> found = uploads.find(job.uploadId());
    if (found.isEmpty()) {
      return JobOutcome.DONE;
    }
    WorkUpload upload = found.get();
    Optional<ChunkPlan> plan = upload.plan();
    if (upload.status() == UploadStatus.COMPLETED && delivered.deliveryCount() > 1) {
      plan.ifPresent(known -> clearStaging(upload, upload.object(known)));
    }
    if (upload.status() != UploadStatus.COMPLETING
        || plan.isEmpty()
        || upload.storedChunks() != plan.get().totalChunks()) {
      return JobOutcome.DONE;
    }
    ObjectRef object = upload.object(plan.get());
    if (isLong(upload, object)) {
      longJobs.start(
          upload.id(), Set.of(UploadStatus.COMPLETING), () -> finalizeUpload(upload, object));
      return JobOutcome.DONE;
    }
    return finalizeUpload(upload, object);
  }

  private boolean isLong(WorkUpload upload, ObjectRef object) {
    boolean mustBeRead = upload.declaredSha256() != null && upload.sha256() == null;
    return proof.needsJoining(object)
        || (mustBeRead && object.plan().fileSizeBytes() > MOST_BYTES_READ_IN_HAND);
  }

  private JobOutcome finalizeUpload(WorkUpload upload, ObjectRef object)
      throws InterruptedException {
    try {
      StoredParts stored = chunks.read(upload.id(), object.plan());
      proof.ensure(object, upload.multipartId(), stored);
      Failpoint.hit("worker.object-verified");
      String declared = upload.declaredSha256();
      String sha256 = sha256Of(upload, object, stored.whole());
      if (declared != null && !declared.equals(sha256)) {
        trouble.failChecksum(upload);
        return JobOutcome.DONE;
      }
      ByteDigest whole = stored.whole();
      complete(
          upload,
          object,
          VerifiedFile.of(
              new ByteDigest(whole.sizeBytes(), whole.crc32c(), whole.crc32(), sha256)));
      return JobOutcome.DONE;
    } catch (IOException | RuntimeException e) {
      return trouble.settle(upload, e);
    }
  }

  /// What is known already, else what has to be known.
  private @Nullable String sha256Of(WorkUpload upload, ObjectRef object, ByteDigest whole)
      throws IOException, InterruptedException {
    if (upload.sha256() != null) {
      return upload.sha256();
    }
    if (whole.sha256() != null || upload.declaredSha256() == null) {
      return whole.sha256();
    }
    return wholeFile.read(object, whole);
  }

  private void complete(WorkUpload upload, ObjectRef object, VerifiedFile file) {
    UUID id = upload.id();
    boolean ours =
        transactions.execute(status -> {
          boolean completed = !ending.complete(List.of(new Completion(id, file, 0))).isEmpty();
          if (completed && upload.firstFailedAt() != null) {
            letters.resolveAll(id);
          }
          return completed;
        });
    if (ours && upload.firstFailedAt() != null) {
      parked.release(ParkCause.OBJECT_MISMATCH.wire());
    }
    Failpoint.hit("worker.upload-completed");
    signals.publish(id);
    if (ours || uploads.find(id).filter(now -> now.isGone()).isEmpty()) {
      clearStaging(upload, object);
    } else {
      // Deleted while it was joined: what was purged may be back.
      queue.enqueueAll(List.copyOf(ending.purgeAgain(List.of(id)).values()));
    }
  }

  /// Until its parts were joined, a one-request file was read from staging.
  private void clearStaging(WorkUpload upload, ObjectRef object) {
    if (upload.origin() != UploadOrigin.ONE_REQUEST
        || !proof.needsJoining(object)
        || places.noRemoval(PlaceKind.STAGING).isPresent()) {
      return;
    }
    try {
      stagingKeys.deleteAll(upload.id());
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("upload_id", upload.id()).setCause(e).log("staging not cleared");
    }
  }
}
