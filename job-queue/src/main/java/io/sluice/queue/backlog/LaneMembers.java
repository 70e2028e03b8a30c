package io.sluice.queue.backlog;

import io.sluice.queue.slot.SlotName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who takes jobs from one lane.
///
/// @param workers processes
/// @param slots of all of them
public record LaneMembers(int workers, int slots) {

  /// Nobody.
  public static final LaneMembers NONE = new LaneMembers(0, 0);

  /// Of a worker's slots only some are members, at least one; each says how many there are.
  static LaneMembers of(Collection<String> clientIds) {
    Map<String, Integer> slotsOf =
        clientIds.stream()
            .map(SlotName::endOf)
            .flatMap(Optional::stream)
            .collect(Collectors.toMap(SlotName::process, SlotName::slots, Math::max));
    return new LaneMembers(
        slotsOf.size(), slotsOf.values().stream().mapToInt(Integer::intValue).sum());
  }
}
