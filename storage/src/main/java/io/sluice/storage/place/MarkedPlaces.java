package io.sluice.storage.place;

/// The two places of a deployment, as the settings of this process name them.
///
/// @param staging where acknowledged chunks wait
/// @param objects where files are
public record MarkedPlaces(MarkedPlace staging, MarkedPlace objects) {

  public MarkedPlaces {
    if (staging.address().kind() != PlaceKind.STAGING
        || objects.address().kind() != PlaceKind.OBJECTS) {
      throw new IllegalArgumentException("a place of another kind");
    }
  }

  /// The one of a kind.
  public MarkedPlace of(PlaceKind kind) {
    return switch (kind) {
      case STAGING -> staging;
      case OBJECTS -> objects;
    };
  }
}
