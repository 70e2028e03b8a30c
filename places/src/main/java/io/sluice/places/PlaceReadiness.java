package io.sluice.places;

import io.sluice.runtime.health.NotReadyException;
import io.sluice.runtime.health.ReadinessCheck;
import io.sluice.storage.place.PlaceKind;
import java.util.Optional;

/// A place is there and ours. Whoever asks need not have a key, so no location is told.
final class PlaceReadiness implements ReadinessCheck {

  private final PlaceKind kind;
  private final boolean required;
  private final Watches watches;
  private final RemovalHold hold;

  PlaceReadiness(PlaceKind kind, boolean required, Watches watches, RemovalHold hold) {
    this.kind = kind;
    this.required = required;
    this.watches = watches;
    this.hold = hold;
  }

  @Override
  public String name() {
    return kind.word();
  }

  @Override
  public boolean isRequired() {
    return required;
  }

  @Override
  public void check() throws NotReadyException {
    PlaceWord word = watches.of(kind).steadily().word();
    if (!word.isUsable()) {
      throw new NotReadyException(Messages.brief(word, kind));
    }
    if (word == PlaceWord.AHEAD) {
      throw NotReadyException.degraded(Messages.brief(word, kind));
    }
  }

  @Override
  public Optional<String> note() {
    return hold.note(watches.of(kind).address());
  }
}
