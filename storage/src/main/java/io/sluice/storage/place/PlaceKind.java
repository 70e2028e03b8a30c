package io.sluice.storage.place;

import java.util.Locale;

/// The places that hold bytes; the words of `places.kind`.
public enum PlaceKind {
  /// Where acknowledged chunks wait.
  STAGING,
  /// Where files are.
  OBJECTS;

  /// The word for people, paths and metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
