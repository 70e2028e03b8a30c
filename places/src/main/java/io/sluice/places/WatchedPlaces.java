package io.sluice.places;

import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.util.Optional;

/// Answers from what the watches saw.
final class WatchedPlaces implements PlaceGuard {

  private final Watches watches;
  private final RemovalHold hold;

  WatchedPlaces(Watches watches, RemovalHold hold) {
    this.watches = watches;
    this.hold = hold;
  }

  @Override
  public Optional<String> trouble(PlaceKind place) {
    return trouble(watches.of(place).steadily());
  }

  @Override
  public Optional<String> troubleNow(PlaceKind place) {
    Watch watch = watches.of(place);
    Seen now = watch.now();
    return now.databaseAnswered()
        ? trouble(now)
        : Optional.of(Messages.databaseAway(watch.address()));
  }

  private static Optional<String> trouble(Seen seen) {
    return seen.word().isUsable() ? Optional.empty() : Optional.of(seen.text());
  }

  @Override
  public Optional<String> noRemoval(PlaceKind place) {
    Watch watch = watches.of(place);
    Seen seen = watch.recently();
    return seen.word() == PlaceWord.OURS ? hold.reason(watch.address()) : Optional.of(seen.text());
  }
}
