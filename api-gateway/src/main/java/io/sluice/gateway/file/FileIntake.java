package io.sluice.gateway.file;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.sluice.failpoint.Failpoint;
import io.sluice.gateway.content.ContentPolicy;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.produce.JobQueue;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Receives a file in one request: first its bytes are made durable, then, with whatever else the
/// request says of it, it is committed.
///
/// A file of one chunk, which is nearly every file, costs one staged write, one commit and one job. A
/// longer one is cut into chunks as it streams in ([LongFile]). Either way the file can be read as soon as
/// it is committed, from staging until a worker has stored it.
@Component
final class FileIntake {

  private final StagingStore staging;
  private final ObjectStore store;
  private final FileRows rows;
  private final JobQueue queue;
  private final DatabaseClock clock;
  private final ContentPolicy contentPolicy;
  private final ChunkSizes chunkSizes;
  private final LongFile longFile;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  FileIntake(
      StagingStore staging,
      ObjectStore store,
      FileRows rows,
      JobQueue queue,
      DatabaseClock clock,
      ContentPolicy contentPolicy,
      ChunkSizes chunkSizes,
      LongFile longFile) {
    this.staging = staging;
    this.store = store;
    this.rows = rows;
    this.queue = queue;
    this.clock = clock;
    this.contentPolicy = contentPolicy;
    this.chunkSizes = chunkSizes;
    this.longFile = longFile;
  }

  /// Streams a body into staging.
  ///
  /// @throws io.sluice.storage.staging.BodyLengthException it is not as long as was said
  /// @throws io.sluice.storage.staging.BodyReadException it broke off, or is longer than a file may be
  /// @throws io.sluice.gateway.problem.ProblemException its type is not accepted
  StagedFile stage(NewFile file, ReadableByteChannel source) throws IOException {
    UUID id = ids.generate();
    IncomingBody body = new IncomingBody(source, file.maxBytes());
    long chunkSize = chunkSizes.of(file);
    long exact = file.exactBytes() < 0 ? -1 : Math.min(chunkSize, file.exactBytes());
    // Before the first byte: see the commit window of chunks.
    Instant began = clock.now();
    StagedBytes first =
        staging.stage(new StageRequest(id, 0, exact, chunkSize, false), body.chunk(chunkSize));
    boolean kept = false;
    try {
      String contentType = contentPolicy.accept(file.fileName(), body.head());
      boolean whole = body.atEnd();
      kept = true;
      return whole
          ? new StagedFile(
              id, file, contentType, chunkSize, Optional.of(first), body.finish(), began)
          : longFile.receive(id, file, contentType, chunkSize, first, body, began);
    } finally {
      if (!kept) {
        staging.delete(List.of(first.stagingKey()));
      }
    }
  }

  /// Makes a staged file a file: durable, listed, readable. Its job is for [#enqueue].
  ///
  /// @throws InterruptedException it may have become one, or still become one
  ReceivedFile commit(StagedFile staged, UserMetadata metadata) throws InterruptedException {
    return received(
        staged,
        staged.onlyChunk().isPresent()
            ? rows.commit(staged, metadata)
            : longFile.seal(staged, metadata));
  }

  /// The same in the caller's transaction; its job is to be enqueued once that is committed.
  ReceivedFile insert(StagedFile staged, UserMetadata metadata) {
    return received(
        staged,
        staged.onlyChunk().isPresent()
            ? rows.insert(staged, metadata)
            : longFile.seal(staged, metadata));
  }

  private static ReceivedFile received(StagedFile staged, Instant at) {
    return new ReceivedFile(
        staged.id(), staged.file().fileName(), staged.digest().sizeBytes(), staged.sha256(), at);
  }

  /// Asks for a committed file to be stored. Cannot fail: without a job the reaper finds it.
  void enqueue(StagedFile staged, ReceivedFile committed) {
    Failpoint.hit("gateway.file-committed");
    if (staged.onlyChunk().isPresent()) {
      queue.enqueue(job(staged), committed.uploadedAt());
    } else {
      longFile.enqueue(staged);
    }
  }

  private Job job(StagedFile staged) {
    return staged.isEmpty()
        ? new Job.FinalizeUpload(staged.id())
        : new Job.StorePart(staged.id(), 0, null, Lane.ofParts(staged.plan(store.partLimits())));
  }

  /// Forgets a staged file that will not be committed.
  void discard(StagedFile staged) throws IOException {
    if (staged.onlyChunk().isPresent()) {
      staging.delete(List.of(staged.onlyChunk().get().stagingKey()));
    } else {
      longFile.abort(staged.id());
    }
  }

  /// The same after a commit that failed or that nobody knows the outcome of: if the row is there, or
  /// cannot be looked for, the bytes stay.
  void discardUnlessCommitted(StagedFile staged) throws IOException {
    if (rows.exists(staged.id()) && staged.onlyChunk().isPresent()) {
      return;
    }
    discard(staged);
  }
}
