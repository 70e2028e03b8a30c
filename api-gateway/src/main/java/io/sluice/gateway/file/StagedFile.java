package io.sluice.gateway.file;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.StagedBytes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A file whose bytes are durable and which nobody can see yet: to be committed or discarded.
///
/// @param file what was known before
/// @param contentType what its first bytes say it is
/// @param chunkSizeBytes how it was cut
/// @param onlyChunk the bytes of a file of at most one chunk; empty for a longer one, whose rows exist
/// @param digest of the whole file, with its SHA-256
/// @param began when staging began, by the database: from then on the sweeper may see the bytes
record StagedFile(
    UUID id,
    NewFile file,
    String contentType,
    long chunkSizeBytes,
    Optional<StagedBytes> onlyChunk,
    ByteDigest digest,
    Instant began) {

  /// How it is cut.
  ChunkPlan plan(PartLimits limits) {
    return ChunkPlan.of(digest.sizeBytes(), chunkSizeBytes, limits);
  }

  boolean isEmpty() {
    return digest.sizeBytes() == 0;
  }

  /// A strong tag made of the content.
  String etag() {
    return '"' + sha256().substring(0, 32) + '"';
  }

  String sha256() {
    String sha256 = digest.sha256();
    if (sha256 == null) {
      throw new IllegalStateException("the SHA-256 of a whole file is always taken");
    }
    return sha256;
  }
}
