package io.sluice.queue.topic;

import io.sluice.model.job.Lane;
import java.util.List;

/// The names of the topics and share groups. They carry the version of what is in them: an incompatible
/// message would get a topic of its own.
///
/// @param prefix what all names start with, `sluice` unless several installations share one Kafka
public record JobTopics(String prefix) {

  /// The topic of a lane.
  public String of(Lane lane) {
    return prefix
        + switch (lane) {
          case HEAVY -> ".chunk-jobs.v1";
          case LIGHT -> ".light-jobs.v1";
        };
  }

  /// The share group whose members work on a lane. One for each lane, so that members joining and
  /// leaving one never disturb the other, and their locks can differ.
  public String groupOf(Lane lane) {
    return prefix
        + switch (lane) {
          case HEAVY -> ".chunk-workers";
          case LIGHT -> ".light-workers";
        };
  }

  /// The topic of what was given up on.
  public String deadLetters() {
    return prefix + ".dead-letters.v1";
  }

  /// Every topic.
  public List<String> all() {
    return List.of(of(Lane.HEAVY), of(Lane.LIGHT), deadLetters());
  }
}
