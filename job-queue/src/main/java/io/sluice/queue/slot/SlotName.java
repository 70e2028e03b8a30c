package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a slot is called in its share group, where everybody can read it: `heavy-slot-3-of-16-k2f9`.
///
/// @param index from 0
/// @param slots that its worker has in this lane
/// @param process a word for the worker that no other has
public record SlotName(Lane lane, int index, int slots, String process) {

  private static final Pattern END =
      Pattern.compile("(?:^|-)(heavy|light)-slot-(\\d{1,4})-of-(\\d{1,4})-([0-9a-z]+)$");

  /// The name at the end of a member's client id; empty if it is no slot of ours.
  public static Optional<SlotName> endOf(String clientId) {
    Matcher matcher = END.matcher(clientId);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new SlotName(
            Lane.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            matcher.group(4)));
  }

  @Override
  public String toString() {
    return "%s-slot-%d-of-%d-%s"
        .formatted(lane.name().toLowerCase(Locale.ROOT), index, slots, process);
  }
}
