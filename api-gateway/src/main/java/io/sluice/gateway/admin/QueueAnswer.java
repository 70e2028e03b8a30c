package io.sluice.gateway.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the queue stands. What only Kafka knows is null while it does not answer.
///
/// @param lanes heavy and light
/// @param waitingChunks acknowledged, but not enqueued: their part is not whole, or their upload has
///     enough in the queue
/// @param retryingChunks put off until a later try
/// @param deadLetters given up and not replayed
/// @param drainSeconds how long the jobs of both lanes would take at the speed of the last minute; null
///     too if nothing moved
/// @param workersSeen processes that take jobs
/// @param recommendedReplicas processes that would keep up, and work the backlog off in time
record QueueAnswer(
    List<Lane> lanes,
    long waitingChunks,
    long retryingChunks,
    long deadLetters,
    @Nullable Double drainSeconds,
    @Nullable Integer workersSeen,
    @Nullable Integer recommendedReplicas) {

  QueueAnswer {
    lanes = List.copyOf(lanes);
  }

  /// One lane.
  ///
  /// @param lagRecords jobs waiting or in hand
  /// @param lagSeconds for how long the oldest of them has been; 0 if there is none
  /// @param slots that take jobs
  record Lane(
      String lane,
      @Nullable Long lagRecords,
      @Nullable Double lagSeconds,
      @Nullable Double arrivalsPerSecond,
      @Nullable Double donePerSecond,
      @Nullable Integer slots) {}
}
