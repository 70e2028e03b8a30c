package io.sluice.standalone.backup;

import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Place;
import io.sluice.standalone.instance.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a data directory from a backup. The places come first and the rows last: a service that is started too early
/// finds marks that are not its own, and touches nothing.
///
/// @param backup the directory it is in
/// @param data does not exist yet, or is empty
/// @param database somewhere else; without it, the embedded one of the data directory
/// @param locations of the places below the data directory
record Restore(
    Path backup, DataDirectory data, Optional<DatabaseAddress> database, Locations locations) {

  /// Restores everything. Durable on return.
  Manifest run() throws IOException {
    Manifest manifest = Manifest.read(backup);
    for (Place place : manifest.places()) {
      refuseIfIncomplete(place);
    }
    refuseIfUsed(data.root());
    if (database.isPresent()) {
      new DatabaseLoad(database.get()).refuseIfUsed();
    }
    try (DirectoryLock _ = DirectoryLock.take(data.run())) {
      for (Place place : manifest.places()) {
        PlaceSource home = home(place);
        refuseIfUsed(home.directory());
        new PlaceCopy(place.directory(backup), home.directory()).run();
      }
      load(manifest);
    }
    return manifest;
  }

  private PlaceSource home(Place place) {
    return switch (place.kind()) {
      case STAGING -> locations.staging();
      case OBJECTS -> locations.objects(place.layout());
    };
  }

  private void refuseIfIncomplete(Place place) throws IOException {
    Path directory = place.directory(backup);
    if (!Files.isDirectory(directory)) {
      throw new BackupException(directory + " is missing.");
    }
    PlaceCopy.Size size = PlaceCopy.sizeOf(directory);
    if (size.files() != place.files() || size.bytes() != place.bytes()) {
      throw new BackupException(
          "%s holds %d files of %d bytes instead of %d of %d: it is not as it was written."
              .formatted(directory, size.files(), size.bytes(), place.files(), place.bytes()));
    }
  }

  static void refuseIfUsed(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new BackupException(directory + " is no directory.");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new BackupException(directory + " is not empty: take a new directory.");
      }
    }
  }

  private void load(Manifest manifest) throws IOException {
    Map<Kind, String> homes = new EnumMap<>(Kind.class);
    for (Place place : manifest.places()) {
      homes.put(place.kind(), locations.location(place.kind()));
    }
    if (database.isPresent()) {
      new DatabaseLoad(database.get()).load(backup, manifest, homes);
      return;
    }
    try (PostgresServer server = PostgresServer.start(data.postgres(), 0)) {
      new DatabaseLoad(DatabaseAddress.of(server.jdbcUrl())).load(backup, manifest, homes);
    }
  }
}
