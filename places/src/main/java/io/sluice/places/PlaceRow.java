package io.sluice.places;

import java.util.UUID;

/// What the database says of a place.
///
/// @param placeId which one
/// @param backend `local`, `s3` or `r2`, as it was configured
/// @param location directory, or bucket and prefix, as it was configured
/// @param generation never behind the mark's, unless this database is
record PlaceRow(UUID placeId, String backend, String location, long generation) {

  String text() {
    return backend + " " + location;
  }
}
