package io.sluice.gateway.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the queue stands. What only Kafka knows is null while it does not answer.
///
/// @param lanes heavy and light
/// @param waitingChunks acknowledged, but not enqueued: their part is not whole, or their upload has
///     enough in the queue
/// @param retryingChunks put off until a later try
/// @param deadLetters jobs that are parked: tried for ever, but seldom
/// @param parked the same by cause
/// @param damagedChunks acknowledged chunks whose bytes are missing or wrong
/// @param drainSeconds how long the jobs of both lanes would take at the speed of the last minute; null
///     too if nothing moved
/// @param workersSeen processes that take jobs
/// @param recommendedReplicas processes that would keep up, and work the backlog off in time
record QueueAnswer(
    List<Lane> lanes,
    long waitingChunks,
    long retryingChunks,
    long deadLetters,
    List<Parked> parked,
    long damagedChunks,
    @Nullable Double drainSeconds,
    @Nullable Integer workersSeen,
    @Nullable Integer recommendedReplicas) {

  QueueAnswer {
    lanes = List.copyOf(lanes);
    parked = List.copyOf(parked);
  }

  /// Jobs that are parked for one cause.
  ///
  /// @param since when the first of them failed first
  /// @param latest what was met last
  record Parked(String cause, long jobs, Instant since, @Nullable String latest) {}

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
