package io.sluice.coordination.inflight;

import io.sluice.coordination.inflight.InflightDecision.Limit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Requests in progress in this process. Holds to the limits by itself when Redis is away.
final class LocalCounts {

  private final Map<UUID, Integer> byUpload = new HashMap<>();
  private int all;

  /// Counts one more.
  ///
  /// @return the limit in the way, or null if it was counted
  synchronized @Nullable Limit tryEnter(UUID uploadId, int perUploadLimit, int globalLimit) {
    int ofUpload = byUpload.getOrDefault(uploadId, 0);
    if (ofUpload >= perUploadLimit) {
      return Limit.UPLOAD;
    }
    if (all >= globalLimit) {
      return Limit.GLOBAL;
    }
    byUpload.put(uploadId, ofUpload + 1);
    all++;
    return null;
  }

  synchronized void leave(UUID uploadId) {
    all--;
    byUpload.computeIfPresent(uploadId, (id, count) -> count == 1 ? null : count - 1);
  }

  synchronized int all() {
    return all;
  }
}
