package io.sluice.storage.place;

/// The places that hold bytes; the words of `places.kind`.
public enum PlaceKind {
  /// Where acknowledged chunks wait.
  STAGING,
  /// Where files are.
  OBJECTS
}
