package io.sluice.gateway.file;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.sluice.gateway.admission.StagingPlace;
import io.sluice.gateway.content.ContentPolicy;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
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

  private final StagingPlace place;
  private final FileRows rows;
  private final FileCommits commits;
  private final DatabaseClock clock;
  private final ContentPolicy contentPolicy;
  private final ChunkSizes chunkSizes;
  private final LongFile longFile;
  private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

  FileIntake(
      StagingPlace place,
      FileRows rows,
      FileCommits commits,
      DatabaseClock clock,
      ContentPolicy contentPolicy,
      ChunkSizes chunkSizes,
      LongFile longFile) {
    this.place = place;
    this.rows = rows;
    this.commits = commits;
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
        place.stage(new StageRequest(id, 0, exact, chunkSize, false), body.chunk(chunkSize));
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
        place.discard(first);
      }
    }
  }

  /// Makes a staged file a file, durable, listed, readable, and asks for it to be stored.
  ///
  /// @throws InterruptedException it may have become one, or still become one
  ReceivedFile commit(StagedFile staged, UserMetadata metadata) throws InterruptedException {
    if (staged.onlyChunk().isPresent()) {
      return received(staged, commits.commit(new FileRow(staged, metadata)));
    }
    ReceivedFile file = received(staged, longFile.seal(staged, metadata));
    longFile.enqueue(staged);
    return file;
  }

  /// Makes it a file in the caller's transaction; once that is committed it is for [#enqueue].
  ReceivedFile insert(StagedFile staged, UserMetadata metadata) {
    return received(
        staged,
        staged.onlyChunk().isPresent()
            ? commits.insert(new FileRow(staged, metadata))
            : longFile.seal(staged, metadata));
  }

  /// Asks for an inserted file to be stored.
  void enqueue(StagedFile staged, ReceivedFile inserted) {
    if (staged.onlyChunk().isPresent()) {
      commits.enqueue(staged, inserted.uploadedAt());
    } else {
      longFile.enqueue(staged);
    }
  }

  private static ReceivedFile received(StagedFile staged, Instant at) {
    return new ReceivedFile(
        staged.id(), staged.file().fileName(), staged.digest().sizeBytes(), staged.sha256(), at);
  }

  /// Forgets a staged file that will not be committed.
  void discard(StagedFile staged) {
    staged.onlyChunk().ifPresentOrElse(place::discard, () -> longFile.abort(staged.id()));
  }

  /// The same after a commit that failed or that nobody knows the outcome of: if the row is there, or
  /// cannot be looked for, the bytes stay.
  void discardUnlessCommitted(StagedFile staged) {
    if (rows.exists(staged.id()) && staged.onlyChunk().isPresent()) {
      return;
    }
    discard(staged);
  }
}
