package io.sluice.worker.store;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job.StorePart;
import io.sluice.worker.upload.WorkUpload;
import org.jspecify.annotations.Nullable;

/// The part that a job is about, before its chunks are read.
///
/// @param upload null if there is none
/// @param plan null if there is nothing to read: the upload is gone, or has no such part
record PartPlace(StorePart job, @Nullable WorkUpload upload, @Nullable ChunkPlan plan) {

  int first() {
    return plan == null ? 0 : plan.firstChunkOf(job.part());
  }

  int last() {
    return plan == null ? -1 : plan.lastChunkOf(job.part());
  }

  /// How many chunk rows it has at most.
  int rows() {
    return last() - first() + 1;
  }
}
