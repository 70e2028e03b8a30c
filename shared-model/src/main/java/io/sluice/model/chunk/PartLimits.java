package io.sluice.model.chunk;

/// What an object store demands of the parts of one object.
///
/// @param minPartSizeBytes least size of every part but the last; 0 where the store has no such limit
/// @param maxParts most parts in one object
public record PartLimits(long minPartSizeBytes, int maxParts) {

  /// A local directory keeps each chunk as it is.
  public static final PartLimits NONE = new PartLimits(0, Integer.MAX_VALUE);

  /// Amazon S3 User Guide, "Multipart upload limits".
  public static final PartLimits S3 = new PartLimits(5L << 20, 10_000);

  public PartLimits {
    if (minPartSizeBytes < 0 || maxParts < 1) {
      throw new IllegalArgumentException("impossible part limits");
    }
  }

  /// How many chunks of a size make one part of a file of a size.
  int chunksPerPart(long fileSizeBytes, long chunkSizeBytes) {
    if (minPartSizeBytes == 0) {
      return 1;
    }
    long partSize = Math.max(minPartSizeBytes, Math.ceilDiv(fileSizeBytes, (long) maxParts));
    return Math.toIntExact(Math.ceilDiv(partSize, chunkSizeBytes));
  }
}
