package io.sluice.reaper.sweep;

import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceKind;
import java.util.Locale;

/// Where bytes without an owner can lie; the words of `orphan_sightings.place` and `sweep_brakes.place`.
enum Place {
  /// A row that is STORED or ended proves of each piece of garbage that nobody needs it: the object has
  /// its bytes, or its client gave it up.
  STAGING(PlaceKind.STAGING, StepName.STAGING_SWEEP, true),
  MULTIPART(PlaceKind.OBJECTS, StepName.MULTIPART_SWEEP, false),
  OBJECT(PlaceKind.OBJECTS, StepName.OBJECT_SWEEP, false);

  private final PlaceKind kind;
  private final StepName step;
  private final boolean garbageIsProven;

  Place(PlaceKind kind, StepName step, boolean garbageIsProven) {
    this.kind = kind;
    this.step = step;
    this.garbageIsProven = garbageIsProven;
  }

  /// The word for machines.
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  PlaceKind kind() {
    return kind;
  }

  StepName step() {
    return step;
  }

  /// Whether garbage may go whatever its number.
  boolean garbageIsProven() {
    return garbageIsProven;
  }
}
