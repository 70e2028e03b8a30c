package io.sluice.places;

import io.sluice.places.Evidence.Found;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import java.util.Optional;

/// Tells from a row and a mark whose a place is. Pure: it asks nobody and changes nothing.
final class Judgement {

  /// A mark that was written with a claim whose row was not committed. No later mark has it: each start moves
  /// it on.
  static final long FIRST_GENERATION = 1;

  private Judgement() {}

  static Verdict judge(Evidence evidence, PlaceAddress configured) {
    return evidence.row().isPresent()
        ? claimed(evidence, evidence.row().get(), configured)
        : neverClaimed(evidence, configured);
  }

  private static Verdict neverClaimed(Evidence evidence, PlaceAddress configured) {
    if (evidence.mark().isPresent()) {
      Mark mark = evidence.mark().get();
      if (isStrange(evidence, mark, configured)) {
        return new Verdict.Foreign(mark);
      }
      return mark.generation() == FIRST_GENERATION
          ? new Verdict.Unclaimed(evidence.mark())
          : new Verdict.Ahead(mark, Optional.empty());
    }
    return switch (evidence.contents().found()) {
      case KNOWN -> new Verdict.Unclaimed(Optional.empty());
      case UNKNOWN -> new Verdict.Occupied();
      case NOTHING ->
          evidence.contents().expected()
              ? new Verdict.Absent()
              : new Verdict.Unclaimed(Optional.empty());
    };
  }

  private static Verdict claimed(Evidence evidence, PlaceRow row, PlaceAddress configured) {
    Optional<Mark> mark = evidence.mark();
    if (mark.isPresent() && !isStrange(evidence, mark.get(), configured)) {
      return evidence.agrees()
          ? samePlace(mark.get(), row)
          : anotherOfOurs(evidence, mark.get(), row, configured);
    }
    if (evidence.contents().expected() && isMoved(row, configured)) {
      return new Verdict.Changed(mark, row);
    }
    if (mark.isPresent()) {
      return new Verdict.Foreign(mark.get());
    }
    if (evidence.contents().expected()) {
      return new Verdict.Absent();
    }
    return evidence.contents().found() == Found.UNKNOWN
        ? new Verdict.Occupied()
        : new Verdict.Unclaimed(Optional.empty());
  }

  private static Verdict samePlace(Mark mark, PlaceRow row) {
    return mark.generation() > row.generation()
        ? new Verdict.Ahead(mark, Optional.of(row))
        : new Verdict.Ours(mark, row);
  }

  private static Verdict anotherOfOurs(
      Evidence evidence, Mark mark, PlaceRow row, PlaceAddress configured) {
    if (!evidence.contents().expected()) {
      return new Verdict.Unclaimed(Optional.of(mark));
    }
    return isMoved(row, configured)
        ? new Verdict.Changed(Optional.of(mark), row)
        : new Verdict.Elsewhere(mark, row);
  }

  private static boolean isStrange(Evidence evidence, Mark mark, PlaceAddress configured) {
    return !evidence.isOurs(mark) || mark.kind() != configured.kind();
  }

  static boolean isMoved(PlaceRow row, PlaceAddress configured) {
    return !row.backend().equals(configured.backend())
        || !row.location().equals(configured.location());
  }
}
