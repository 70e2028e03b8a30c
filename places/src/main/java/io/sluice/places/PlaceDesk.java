package io.sluice.places;

import io.sluice.storage.place.PlaceKind;
import java.util.Arrays;
import java.util.List;

/// What administrators ask of places and do with them.
public final class PlaceDesk {

  private final Watches watches;

  PlaceDesk(Watches watches) {
    this.watches = watches;
  }

  /// How both stand now.
  public List<PlaceReport> reports() {
    return Arrays.stream(PlaceKind.values()).map(this::report).toList();
  }

  /// How one stands now.
  public PlaceReport report(PlaceKind kind) {
    Watch watch = watches.of(kind);
    return PlaceReport.of(watch.address(), watch.now());
  }

  /// Makes a place ours, whoever had it.
  public Adoption adopt(PlaceKind kind) {
    return watches.adopt(kind);
  }
}
