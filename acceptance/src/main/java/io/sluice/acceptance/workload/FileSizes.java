package io.sluice.acceptance.workload;

import java.util.Random;

/// How large the files of a run are.
///
/// @param largestChunkBytes bound of the chunk sizes
/// @param mostChunks bound of the number of chunks
public record FileSizes(int largestChunkBytes, int mostChunks) {

  /// A file's size and how it is cut.
  public record Cut(long sizeBytes, long chunkSizeBytes) {}

  /// Draws a size: every power of two is as likely as the next, some files are empty, some end exactly at
  /// the edge of a chunk.
  Cut draw(Random random) {
    int draw = random.nextInt(20);
    if (draw == 0) {
      return new Cut(0, 1 + random.nextInt(largestChunkBytes));
    }
    int exponent = random.nextInt(32 - Integer.numberOfLeadingZeros(largestChunkBytes));
    long chunk = Math.min(largestChunkBytes, (1L << exponent) + random.nextInt(1 << exponent));
    int chunks = 1 + random.nextInt(draw < 12 ? Math.min(4, mostChunks) : mostChunks);
    long last = draw % 3 == 0 ? chunk : 1 + random.nextLong(chunk);
    return new Cut((chunks - 1) * chunk + last, chunk);
  }
}
