package io.sluice.coordination.window;

import java.time.Duration;
import java.util.UUID;

/// At most so many jobs of one upload in the queue or in hand at once, so that a huge upload cannot fill
/// the queue before a small one.
///
/// A permit has an explicit lease and nothing renews it by itself: a job lost with its permit blocks
/// its place for one lease and no longer. All calls are one round trip.
public interface UploadWindow {

  /// Takes one of the upload's permits.
  ///
  /// @param permits how many the upload has; may differ from call to call
  /// @param lease when the permit ends by itself
  WindowDecision tryAcquire(UUID uploadId, int permits, Duration lease);

  /// Gives a permit a new lease, for the next job of the same upload to carry.
  ///
  /// @return false if it has ended or is not known (any more): the next job needs a permit of its own
  boolean extend(UUID uploadId, String permitId, Duration lease);

  /// Gives a permit back. Does not wait. Harmless if it has ended.
  void release(UUID uploadId, String permitId);
}
