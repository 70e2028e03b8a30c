package io.sluice.queue.backlog;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who takes jobs from one lane.
///
/// @param workers processes
/// @param slots of all of them
public record LaneMembers(int workers, int slots) {

  /// Nobody.
  public static final LaneMembers NONE = new LaneMembers(0, 0);

  /// Every worker numbers its slots from 0, so the name of a slot comes as often as there are workers
  /// that have one of this number.
  static LaneMembers of(Collection<String> slotNames) {
    Map<String, Long> each =
        slotNames.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    long workers = each.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new LaneMembers(Math.toIntExact(workers), slotNames.size());
  }
}
