package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.retry.ParkCause;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Finds out which chunks of a part are the ones whose staged bytes are missing or damaged, by reading
/// them all. Only for parts of which the store could not read one.
@Component
final class StagedAudit {

  private static final int BUFFER_BYTES = 1 << 16;

  private final StagingStore staging;
  private final PlaceGuard places;

  StagedAudit(StagingStore staging, PlaceGuard places) {
    this.staging = staging;
    this.places = places;
  }

  /// Why nothing that was found may be believed; to be asked after bytes were not found, since the place
  /// may have gone away in between.
  Optional<String> placeTrouble() {
    return places.troubleNow(PlaceKind.STAGING);
  }

  /// The chunks that cannot be stored, by what is wrong with them; empty if all can.
  ///
  /// @throws IOException staging could not be read
  Map<ParkCause, List<ChunkRow>> badChunks(PartWork work) throws IOException {
    Map<ParkCause, List<ChunkRow>> bad = new EnumMap<>(ParkCause.class);
    for (ChunkRow row : work.chunks()) {
      try {
        if (isDamaged(row)) {
          bad.computeIfAbsent(ParkCause.STAGED_BYTES_DAMAGED, cause -> new ArrayList<>()).add(row);
        }
      } catch (StagedBytesMissingException e) {
        bad.computeIfAbsent(ParkCause.STAGED_BYTES_MISSING, cause -> new ArrayList<>()).add(row);
      }
    }
    return bad;
  }

  /// A verdict that costs a client its bytes is not built on one bad read.
  private boolean isDamaged(ChunkRow row) throws IOException {
    for (int reads = 0; reads < 2; reads++) {
      if (isWhatWasAcknowledged(row)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWhatWasAcknowledged(ChunkRow row) throws IOException {
    RunningDigest digest = new RunningDigest(false);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (ReadableByteChannel bytes = staging.open(row.stagingKey(), 0, row.sizeBytes())) {
      while (bytes.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    } catch (EOFException e) {
      return false;
    }
    return digest
        .finish()
        .matches(new ByteDigest(row.sizeBytes(), row.crc32c(), row.crc32(), null));
  }
}
