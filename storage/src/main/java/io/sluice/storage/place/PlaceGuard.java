package io.sluice.storage.place;

import java.util.Optional;

/// Whether the places that hold bytes are there and ours; to be asked before bytes are put, before they are
/// judged missing, and before any are removed. Every answer is one line for an operator.
public interface PlaceGuard {

  /// One for tests of what has nothing to do with places: all is well.
  PlaceGuard NO_TROUBLE =
      new PlaceGuard() {
        @Override
        public Optional<String> trouble(PlaceKind place) {
          return Optional.empty();
        }

        @Override
        public Optional<String> troubleNow(PlaceKind place) {
          return Optional.empty();
        }

        @Override
        public Optional<String> noRemoval(PlaceKind place) {
          return Optional.empty();
        }
      };

  /// Why a place cannot be used: it is away, not marked although bytes are expected there, or somebody
  /// else's. Answers from memory, as of a few seconds ago; before the first look there is trouble. Of a place that was
  /// well, a look or two that fail say nothing.
  ///
  /// @return empty if it is there and ours
  Optional<String> trouble(PlaceKind place);

  /// The same, looked at now. What is missing at a place that is in trouble says nothing of the bytes.
  Optional<String> troubleNow(PlaceKind place);

  /// Why nothing may be removed from a place: any trouble, a mark that is ahead of the database, which
  /// then lacks rows, or somebody takes a backup. Looked at within the last few seconds.
  ///
  /// @return empty if what no row needs may go
  Optional<String> noRemoval(PlaceKind place);
}
