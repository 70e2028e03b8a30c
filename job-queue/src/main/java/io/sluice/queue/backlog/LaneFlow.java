package io.sluice.queue.backlog;

import java.util.List;
import java.util.OptionalDouble;

/// How jobs came and went in one lane over the last minute or so.
///
/// @param records jobs not yet acknowledged, at its end
/// @param meanRecords the same on average
/// @param arrivalsPerSecond jobs enqueued
/// @param donePerSecond jobs acknowledged
/// @param members who took jobs, at its end
public record LaneFlow(
    long records,
    double meanRecords,
    double arrivalsPerSecond,
    double donePerSecond,
    LaneMembers members) {

  /// What a lane looked like at one moment of the monotonic clock.
  record Look(LaneCount count, LaneMembers members, long nanos) {}

  /// @param looks at least one, oldest first
  static LaneFlow of(List<Look> looks) {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    double mean = looks.stream().mapToLong(look -> look.count().records()).average().orElse(0);
    return new LaneFlow(
        last.count().records(),
        mean,
        perSecond(last.count().everEnqueued() - first.count().everEnqueued(), seconds),
        perSecond(last.count().done() - first.count().done(), seconds),
        last.members());
  }

  private static double perSecond(long jobs, double seconds) {
    return seconds <= 0 ? 0 : Math.max(0, jobs) / seconds;
  }

  /// How long what waits would take at this speed; empty if nothing moved.
  public OptionalDouble drainSeconds() {
    if (records == 0) {
      return OptionalDouble.of(0);
    }
    return donePerSecond > 0 ? OptionalDouble.of(records / donePerSecond) : OptionalDouble.empty();
  }
}
