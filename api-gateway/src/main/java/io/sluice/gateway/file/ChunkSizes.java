package io.sluice.gateway.file;

import io.sluice.model.chunk.ChunkPlan;
import org.springframework.stereotype.Component;

/// How a file of one request is cut. Nobody sends these chunks again, so they are larger than those of
/// clients that resume: fewer rows, and every file up to 16 MiB is one. No larger, because workers store
/// chunks side by side, and because a small range read from S3 is checked by the whole chunk it lies in.
@Component
final class ChunkSizes {

  private static final long USUAL_BYTES = 16L << 20;

  /// The chunk size for a file; with the exact size or an upper bound known it never makes too many
  /// chunks, and nor does it up to 1.5 TiB where nothing is known.
  long of(NewFile file) {
    long bound = file.exactBytes() >= 0 ? file.exactBytes() : file.maxBytes();
    return Math.max(USUAL_BYTES, Math.ceilDiv(bound, (long) ChunkPlan.MAX_CHUNKS));
  }
}
