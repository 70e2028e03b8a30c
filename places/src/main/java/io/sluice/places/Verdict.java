package io.sluice.places;

import io.sluice.storage.place.Mark;
import java.util.Optional;

/// Whose a place is.
sealed interface Verdict {

  /// The place of the row.
  record Ours(Mark mark, PlaceRow row) implements Verdict {}

  /// Nobody's, or ours without any byte that a row needs: may be claimed now.
  record Unclaimed(Optional<Mark> mark) implements Verdict {}

  /// Rows need bytes here, and there is no mark.
  record Absent() implements Verdict {}

  /// It carries the mark of another database, or of a place of the other kind.
  record Foreign(Mark mark) implements Verdict {}

  /// It carries no mark, but bytes of uploads that the database does not know.
  record Occupied() implements Verdict {}

  /// Ours, and further than the database, which therefore lacks rows: it was restored, or is a copy.
  record Ahead(Mark mark, Optional<PlaceRow> row) implements Verdict {}

  /// Rows need bytes at another place than this one, which is ours too.
  record Elsewhere(Mark mark, PlaceRow row) implements Verdict {}

  /// The settings name another backend or location than the row, rows need bytes there, and nothing says
  /// that this is the same place.
  record Changed(Optional<Mark> mark, PlaceRow row) implements Verdict {}
}
