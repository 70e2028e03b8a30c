package io.sluice.standalone.backup;

import io.sluice.embedded.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What a backup consists of, in `manifest.json`. It is written last: a directory without it is no backup.
///
/// @param format of the backup itself, [#FORMAT]
/// @param database its rows
/// @param places its bytes: staging and, unless somebody else copies it, the object store
record Manifest(int format, Database database, List<Place> places) {

  static final int FORMAT = 1;

  private static final String FILE = "manifest.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /// Rows of one moment.
  ///
  /// @param deploymentId whose they are
  /// @param snapshotAt the moment, by the database's clock
  /// @param migrations that its schema is made of, in order; a restore makes the same schema
  record Database(
      UUID deploymentId, Instant snapshotAt, List<Migration> migrations, List<Table> tables) {

    Database {
      migrations = List.copyOf(migrations);
      tables = List.copyOf(tables);
      if (migrations.isEmpty()) {
        throw new IllegalArgumentException("a schema of no migration");
      }
    }

    String schemaVersion() {
      return migrations.getLast().version();
    }
  }

  /// One row of Flyway's history.
  record Migration(String version, int checksum) {}

  /// One table in `database/NAME.copy`, as PostgreSQL's COPY writes text.
  ///
  /// @param columns in the order of the file
  /// @param sha256 of the file
  record Table(String name, List<String> columns, long rows, String sha256) {
    Table {
      columns = List.copyOf(columns);
    }

    Path file(Path backup) {
      return backup.resolve("database").resolve(name + ".copy");
    }
  }

  /// One place in a directory of the backup.
  ///
  /// @param kind whose rows in `places` and mark it has
  /// @param layout how its files lie
  /// @param generation of the mark that was copied with it; null if it carried none
  record Place(Kind kind, Layout layout, long files, long bytes, @Nullable Long generation) {

    Path directory(Path backup) {
      return backup.resolve(kind.directory);
    }
  }

  /// The words of `places.kind`.
  enum Kind {
    STAGING("staging"),
    OBJECTS("objects");

    private final String directory;

    Kind(String directory) {
      this.directory = directory;
    }

    /// The word for people.
    String word() {
      return directory;
    }
  }

  /// How files lie in a place.
  enum Layout {
    /// As a local store or local staging has them.
    LOCAL,
    /// As the embedded S3 server keeps its buckets.
    S3_SERVER
  }

  Manifest {
    places = List.copyOf(places);
  }

  static Manifest of(Database database, List<Place> places) {
    return new Manifest(FORMAT, database, places);
  }

  Optional<Place> place(Kind kind) {
    return places.stream().filter(place -> place.kind() == kind).findFirst();
  }

  /// On return the backup is one.
  void write(Path backup) throws IOException {
    DurableFile.replace(
        backup.resolve(FILE),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }

  static Manifest read(Path backup) throws IOException {
    Path file = backup.resolve(FILE);
    try {
      // What a newer version writes may have fields that this one does not know; it is told apart
      // first.
      int format = JSON.readTree(Files.readString(file)).path("format").asInt(0);
      if (format != FORMAT) {
        throw new BackupException(
            "%s has format %d; this Sluice reads format %d.".formatted(file, format, FORMAT));
      }
      return JSON.readValue(Files.readString(file), Manifest.class);
    } catch (NoSuchFileException none) {
      throw new BackupException(
          "%s is no backup: it has no %s, which is written last.".formatted(backup, FILE), none);
    } catch (JacksonException unreadable) {
      throw new BackupException(file + " cannot be read: " + unreadable.getOriginalMessage());
    }
  }
}
