package io.sluice.gateway.file;

import io.sluice.model.chunk.ChunkPlan;
import org.springframework.stereotype.Component;

/// How a file of one request is cut. Nobody sends these chunks again, so they are larger than those of
/// clients that resume: fewer rows, and every file up to 64 MiB is one.
@Component
final class ChunkSizes {

  private static final long USUAL_BYTES = 64L << 20;

  /// The chunk size for a file; with the exact size or an upper bound known it never makes too many
  /// chunks, and nor does it up to 6 TiB where nothing is known.
  long of(NewFile file) {
    long bound = file.exactBytes() >= 0 ? file.exactBytes() : file.maxBytes();
    return Math.max(USUAL_BYTES, Math.ceilDiv(bound, (long) ChunkPlan.MAX_CHUNKS));
  }
}
