package io.sluice.places;

import io.sluice.storage.place.Mark;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is known of a place when it is judged.
///
/// @param deploymentId whose database this is
/// @param row what the database says of the place; empty if it was never claimed
/// @param mark what the place says of itself
/// @param contents what was found without a mark to go by; [Contents#UNASKED] where row and mark agree
record Evidence(UUID deploymentId, Optional<PlaceRow> row, Optional<Mark> mark, Contents contents) {

  /// What rows and place say of bytes.
  ///
  /// @param expected whether a row needs bytes here
  /// @param found whose bytes are here
  record Contents(boolean expected, Found found) {
    static final Contents UNASKED = new Contents(true, Found.NOTHING);
  }

  /// Whose bytes are at a place, judged by some of them.
  enum Found {
    NOTHING,
    /// Some belong to uploads of this database.
    KNOWN,
    /// None does, of those that were looked at.
    UNKNOWN;

    static Found of(Set<UUID> uploads, boolean oneIsKnown) {
      return uploads.isEmpty() ? NOTHING : oneIsKnown ? KNOWN : UNKNOWN;
    }
  }

  /// Whether the mark is this very place's, so that nothing else needs to be asked.
  boolean agrees() {
    return mark.isPresent()
        && row.isPresent()
        && isOurs(mark.get())
        && mark.get().placeId().equals(row.get().placeId());
  }

  boolean isOurs(Mark found) {
    return found.deploymentId().equals(deploymentId);
  }
}
