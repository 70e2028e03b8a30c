package io.sluice.places;

import io.sluice.storage.place.PlaceKind;
import java.util.Set;

/// The places without which a service is not ready. Each service names its own.
///
/// @param kinds them
public record NeededPlaces(Set<PlaceKind> kinds) {

  public NeededPlaces {
    kinds = Set.copyOf(kinds);
  }
}
