package io.sluice.model.job;

import io.sluice.model.chunk.ChunkPlan;

/// Which topic carries a job, so that a big transfer never delays a small one.
public enum Lane {
  /// Moves the bytes of one large part.
  HEAVY,
  /// Small files, finalise, purge: many to a batch.
  LIGHT;

  /// A file of one part and no more bytes than this is small.
  public static final long SMALL_FILE_BYTES = 1L << 20;

  /// The lane of the parts of a file. Whoever enqueues a part and whoever looks for a lost one must
  /// agree on it: a lane's oldest waiting job says nothing about jobs of the other lane.
  public static Lane ofParts(ChunkPlan plan) {
    boolean small = plan.totalParts() <= 1 && plan.fileSizeBytes() <= SMALL_FILE_BYTES;
    return small ? LIGHT : HEAVY;
  }
}
