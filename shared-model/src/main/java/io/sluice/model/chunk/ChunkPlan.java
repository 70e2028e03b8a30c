package io.sluice.model.chunk;

/// How a file is cut into chunks, and how consecutive chunks group into the parts of its store.
///
/// Chunk size is the client's choice, part size is the store's: S3 wants parts of at least 5 MiB and
/// at most 10,000 of them, so a part is `chunksPerPart` consecutive chunks.
///
/// @param fileSizeBytes size of the file, 0 and up
/// @param chunkSizeBytes size of every chunk but the last, 1 and up
/// @param totalChunks number of chunks; 0 for an empty file
/// @param chunksPerPart chunks in every part but the last, 1 and up
public record ChunkPlan(
    long fileSizeBytes, long chunkSizeBytes, int totalChunks, int chunksPerPart) {

  /// More chunks than this in one file are avoided by raising its chunk size.
  public static final int MAX_CHUNKS = 100_000;

  /// The largest chunk: S3's limit for one part and for one PutObject.
  public static final long MAX_CHUNK_SIZE_BYTES = 5L << 30;

  public ChunkPlan {
    if (fileSizeBytes < 0 || chunkSizeBytes < 1 || totalChunks < 0 || chunksPerPart < 1) {
      throw new IllegalArgumentException(
          "no plan for %d bytes in chunks of %d".formatted(fileSizeBytes, chunkSizeBytes));
    }
    if (totalChunks != ceilDiv(fileSizeBytes, chunkSizeBytes)) {
      throw new IllegalArgumentException(
          "%d bytes in chunks of %d are not %d chunks"
              .formatted(fileSizeBytes, chunkSizeBytes, totalChunks));
    }
  }

  /// Plans a file. `wantedChunkSizeBytes` is kept unless it would make more than [#MAX_CHUNKS].
  public static ChunkPlan of(long fileSizeBytes, long wantedChunkSizeBytes, PartLimits limits) {
    long chunkSize = Math.max(wantedChunkSizeBytes, ceilDiv(fileSizeBytes, MAX_CHUNKS));
    int total = Math.toIntExact(ceilDiv(fileSizeBytes, chunkSize));
    return new ChunkPlan(
        fileSizeBytes, chunkSize, total, limits.chunksPerPart(fileSizeBytes, chunkSize));
  }

  /// The exact number of bytes of a chunk.
  ///
  /// @throws IndexOutOfBoundsException if there is no such chunk
  public long chunkLengthBytes(int chunkIndex) {
    if (chunkIndex < 0 || chunkIndex >= totalChunks) {
      throw new IndexOutOfBoundsException(chunkIndex);
    }
    return Math.min(chunkSizeBytes, fileSizeBytes - offsetOf(chunkIndex));
  }

  /// Where a chunk begins in its file.
  public long offsetOf(int chunkIndex) {
    return chunkIndex * chunkSizeBytes;
  }

  /// Number of parts; 0 for an empty file.
  public int totalParts() {
    return (int) ceilDiv(totalChunks, chunksPerPart);
  }

  /// The part that holds a chunk, from 0.
  public int partOf(int chunkIndex) {
    return chunkIndex / chunksPerPart;
  }

  /// The first chunk of a part.
  public int firstChunkOf(int part) {
    return part * chunksPerPart;
  }

  /// The last chunk of a part, inclusive.
  public int lastChunkOf(int part) {
    return Math.min(firstChunkOf(part) + chunksPerPart, totalChunks) - 1;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return Math.ceilDiv(dividend, divisor);
  }
}
