package io.sluice.acceptance.facts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of `chunks`.
///
/// @param enqueued whether a job is believed to be in Kafka
/// @param waitsForRetry whether it has a time to be tried again
public record ChunkFact(
    UUID uploadId,
    int chunkIndex,
    long sizeBytes,
    int crc32c,
    int crc32,
    @Nullable String sha256,
    String stagingKey,
    String status,
    boolean enqueued,
    boolean waitsForRetry,
    int attempts,
    @Nullable String lastError) {

  /// Whether its bytes should be in staging.
  public boolean isStaged() {
    return status.equals("STAGED");
  }

  /// Whether its bytes were found missing or wrong.
  public boolean isDamaged() {
    return status.equals("DAMAGED");
  }

  /// Whether its bytes should be in the object store.
  public boolean isStored() {
    return status.equals("STORED");
  }
}
