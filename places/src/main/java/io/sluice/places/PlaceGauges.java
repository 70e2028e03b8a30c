package io.sluice.places;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sluice.storage.place.PlaceKind;

/// How the places stand, for alerts: 1 for the state that each is in.
final class PlaceGauges implements MeterBinder {

  private final Watches watches;

  PlaceGauges(Watches watches) {
    this.watches = watches;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (PlaceKind kind : PlaceKind.values()) {
      for (PlaceWord word : PlaceWord.values()) {
        Gauge.builder("place_state", watches, all -> all.of(kind).seen().word() == word ? 1 : 0)
            .tag("place", kind.word())
            .tag("state", word.wire())
            .description("1 for the state that a place is in")
            .register(meters);
      }
    }
  }
}
