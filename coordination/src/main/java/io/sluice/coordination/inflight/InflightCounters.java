package io.sluice.coordination.inflight;

import java.util.UUID;

/// Requests in progress, for each upload and in all, over all gateways.
///
/// With Redis each entry is seen by every gateway within a round trip, and those of a gateway that died
/// expire within the lease. Without Redis (away, or just flushed) each gateway holds to the limits by
/// itself, and what it has in progress is counted for all again once Redis is back.
public interface InflightCounters {

  /// Counts one more request if both limits allow it, in one round trip. Never waits for room.
  ///
  /// @param perUploadLimit most requests in progress on this upload; 0 refuses all
  /// @param globalLimit most requests in progress on all uploads; 0 refuses all
  InflightDecision tryEnter(UUID uploadId, int perUploadLimit, int globalLimit);

  /// Stops counting a request. Does not wait. Harmless if repeated.
  void leave(InflightToken token);

  /// Requests in progress in this process.
  int enteredHere();
}
