package io.sluice.queue.backlog;

import io.sluice.model.job.Lane;
import java.util.Optional;
import java.util.OptionalLong;

/// How far the workers are behind. Every question goes to Kafka and is bounded by the admin timeout;
/// who asks often keeps the answer for a while.
public interface QueueBacklog {

  /// Jobs of a lane that are not yet acknowledged, waiting or in hand; empty if Kafka did not answer.
  OptionalLong records(Lane lane);

  /// The same, and how many jobs there ever were; empty if Kafka did not answer.
  Optional<LaneCount> count(Lane lane);

  /// Who takes jobs from a lane just now; empty if Kafka did not answer. Workers whose object store is
  /// away take none.
  Optional<LaneMembers> members(Lane lane);

  /// The same as [#records], and since when the oldest of them waits: reads one record of each partition.
  LaneBacklog read(Lane lane);
}
