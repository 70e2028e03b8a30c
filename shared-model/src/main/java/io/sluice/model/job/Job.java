package io.sluice.model.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One idempotent thing that a worker is asked to do. It carries ids only: the worker reads the rest
/// from PostgreSQL, so a forged or stale job can do nothing.
public sealed interface Job {

  /// The upload it is about.
  UUID uploadId();

  /// The topic it travels on.
  Lane lane();

  /// Move the staged chunks of one part into the object store.
  ///
  /// @param part part index from 0; chunks `part × chunksPerPart …` of the upload
  /// @param permitId the permit of the upload's window that this job holds, or null if it holds none
  record StorePart(UUID uploadId, int part, @Nullable String permitId, Lane lane) implements Job {
    public StorePart {
      if (part < 0) {
        throw new IllegalArgumentException("part " + part);
      }
    }
  }

  /// Put the object together, verify it, and complete the upload.
  record FinalizeUpload(UUID uploadId) implements Job {
    @Override
    public Lane lane() {
      return Lane.LIGHT;
    }
  }

  /// Remove every byte of an upload that failed, was aborted, or was deleted.
  record PurgeUpload(UUID uploadId) implements Job {
    @Override
    public Lane lane() {
      return Lane.LIGHT;
    }
  }
}
