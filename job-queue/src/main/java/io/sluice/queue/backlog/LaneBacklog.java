package io.sluice.queue.backlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What waits in one lane.
public sealed interface LaneBacklog {

  /// Kafka answered.
  ///
  /// @param records jobs not yet acknowledged, waiting or in hand; 0 if the topic does not exist
  /// @param oldestEnqueuedAt the `enqueued_at` of the oldest of them, or null if there is none. A row
  ///     marked as enqueued well before it (well before now, if null) has no job any more.
  record Known(long records, @Nullable Instant oldestEnqueuedAt) implements LaneBacklog {}

  /// Kafka did not answer in time, so nothing may be concluded.
  record Unknown(String cause) implements LaneBacklog {}
}
