package io.sluice.storage.object;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.StagedBytes;
import java.util.List;

/// The staged chunks that make up one part, in order.
///
/// @param part index from 0; S3's part number is one more
/// @param chunks the staged bytes of each chunk; empty only for an empty file
public record StagedPart(int part, List<StagedBytes> chunks) {

  public StagedPart {
    chunks = List.copyOf(chunks);
  }

  /// Size of the part.
  public long sizeBytes() {
    return chunks.stream().map(StagedBytes::digest).mapToLong(ByteDigest::sizeBytes).sum();
  }
}
