package io.sluice.model.job;

/// Which topic carries a job, so that a big transfer never delays a small one.
public enum Lane {
  /// Moves the bytes of one large part.
  HEAVY,
  /// Small files, finalise, purge: many to a batch.
  LIGHT
}
