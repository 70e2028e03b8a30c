package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import java.util.Optional;
import java.util.UUID;

/// How a place stood when it was looked at.
///
/// @param word in one word
/// @param text in one line
/// @param mark what it carried
/// @param generation of the row; 0 without one
/// @param deploymentId whose the database is; empty as long as it has not said so
/// @param databaseAnswered whether this was judged by rows read just now
record Seen(
    PlaceWord word,
    String text,
    Optional<Mark> mark,
    long generation,
    Optional<UUID> deploymentId,
    boolean databaseAnswered) {

  static Seen of(Verdict verdict, PlaceAddress place, Evidence evidence) {
    return new Seen(
        PlaceWord.of(verdict),
        Messages.of(verdict, place, evidence.deploymentId()),
        evidence.mark(),
        evidence.row().map(PlaceRow::generation).orElse(0L),
        Optional.of(evidence.deploymentId()),
        true);
  }

  /// One that says nothing of rows or mark.
  static Seen nothing(PlaceWord word, String text) {
    return new Seen(word, text, Optional.empty(), 0, Optional.empty(), true);
  }

  /// The same as before, as far as could be told without the database.
  Seen withoutDatabase() {
    return new Seen(word, text, mark, generation, deploymentId, false);
  }
}
