package io.sluice.storage.place;

/// Where the settings say that a place is.
///
/// @param kind what it holds
/// @param backend `local`, `s3` or `r2`
/// @param location an absolute directory, or bucket and prefix; without the address of the service, which
///     may change while the bytes stay
/// @param backendSetting the setting that says the backend
/// @param locationSetting the setting, or settings, that say the location
public record PlaceAddress(
    PlaceKind kind,
    String backend,
    String location,
    String backendSetting,
    String locationSetting) {

  /// For people.
  public String text() {
    return backend + " " + location;
  }
}
