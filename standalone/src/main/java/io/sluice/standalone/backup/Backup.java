package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The order in which a backup is taken while everything goes on, which is what makes one of its parts.
///
/// Removals are held first. Then the database, then staging, then the object store: bytes are durable before their row is
/// there, and go from staging to the store, never back. So whatever a row of the snapshot names is found by a copy that
/// begins later, at the place where it was or at the next one. The other way round, a row that was made between the copy
/// of its place and the snapshot would name bytes that are in no copy, and its client was told that they are safe.
///
/// @param places in this order
record Backup(Hold hold, Rows rows, List<PlaceSource> places) {

  /// Keeps all services from removing bytes.
  interface Hold {
    /// Returns when it is in force everywhere.
    void begin() throws IOException, InterruptedException;

    /// Ends it, and refuses if it was not in force all the time.
    void end() throws IOException, InterruptedException;

    /// Ends it for a backup that has failed anyway; never fails.
    void abandon();
  }

  /// Writes all rows of one moment into a backup.
  interface Rows {
    Manifest.Database write(Path backup) throws IOException;
  }

  Backup {
    places = List.copyOf(places);
    List<Manifest.Kind> kinds = places.stream().map(PlaceSource::kind).toList();
    if (!kinds.equals(kinds.stream().distinct().sorted().toList())) {
      throw new IllegalArgumentException("bytes go from staging to objects, not " + kinds);
    }
  }

  /// Takes it, into an empty directory. Durable on return.
  Manifest run(Path directory) throws IOException, InterruptedException {
    Manifest manifest;
    hold.begin();
    boolean copied = false;
    try {
      Manifest.Database database = rows.write(directory);
      List<Place> copies = new ArrayList<>();
      for (PlaceSource place : places) {
        copies.add(place.copy(directory));
      }
      manifest = Manifest.of(database, copies);
      copied = true;
    } finally {
      if (!copied) {
        hold.abandon();
      }
    }
    hold.end();
    manifest.write(directory);
    return manifest;
  }
}
