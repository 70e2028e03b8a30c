package io.sluice.gateway.file;

import io.sluice.gateway.admission.StagingPlace;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Receives a file of more than one chunk. Chunks are committed as they come, so that the reaper knows
/// whose bytes they are however long the request takes; no job is made before the size is known.
@Component
final class LongFile {

  private final StagingPlace place;
  private final ObjectStore store;
  private final LongFileRows rows;
  private final DatabaseClock clock;
  private final FirstParts firstParts;

  LongFile(
      StagingPlace place,
      ObjectStore store,
      LongFileRows rows,
      DatabaseClock clock,
      FirstParts firstParts) {
    this.place = place;
    this.store = store;
    this.rows = rows;
    this.clock = clock;
    this.firstParts = firstParts;
  }

  /// Goes on after the first chunk.
  StagedFile receive(
      UUID id,
      NewFile file,
      String contentType,
      long chunkSizeBytes,
      StagedBytes first,
      IncomingBody body,
      Instant began)
      throws IOException {
    rows.begin(id, file, contentType, chunkSizeBytes);
    boolean received = false;
    try {
      rows.addChunk(id, 0, first, began);
      for (int index = 1; !body.atEnd(); index++) {
        StageRequest request = request(id, file, chunkSizeBytes, index);
        Instant chunkBegan = clock.now();
        StagedBytes staged = place.stage(request, body.chunk(chunkSizeBytes));
        rows.addChunk(id, index, staged, chunkBegan);
      }
      received = true;
      return new StagedFile(
          id, file, contentType, chunkSizeBytes, Optional.empty(), body.finish(), began);
    } finally {
      if (!received) {
        rows.abort(id);
      }
    }
  }

  private static StageRequest request(UUID id, NewFile file, long chunkSizeBytes, int index) {
    long left = file.exactBytes() - index * chunkSizeBytes;
    long exact = file.exactBytes() < 0 ? -1 : Math.min(chunkSizeBytes, left);
    return new StageRequest(id, index, exact, chunkSizeBytes, false);
  }

  /// Makes it a file.
  Instant seal(StagedFile staged, UserMetadata metadata) {
    return rows.seal(staged, metadata);
  }

  void enqueue(StagedFile staged) {
    firstParts.enqueue(staged.id(), staged.plan(store.partLimits()));
  }

  void abort(UUID id) {
    rows.abort(id);
  }
}
