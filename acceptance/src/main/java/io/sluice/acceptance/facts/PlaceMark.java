package io.sluice.acceptance.facts;

/// What every place carries beside its bytes, and no promise is about.
final class PlaceMark {

  /// Holds the mark.
  static final String DIRECTORY = ".sluice";

  private PlaceMark() {}
}
