package io.sluice.queue.topic;

import io.sluice.model.job.Lane;
import java.time.Duration;

/// What the topics and groups should be like.
///
/// @param partitions of each job topic; a topic that has more keeps them
/// @param replication of topics still to be created
public record TopicPlan(
    JobTopics topics, int partitions, int replication, Duration heavyLock, Duration lightLock) {

  /// How long a record belongs to the slot that took it, unless the broker allows only less.
  public Duration lock(Lane lane) {
    return switch (lane) {
      case HEAVY -> heavyLock;
      case LIGHT -> lightLock;
    };
  }
}
