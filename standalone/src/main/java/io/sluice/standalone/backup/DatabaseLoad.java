package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Place;
import io.sluice.standalone.backup.Manifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Fills an empty database with the rows of a backup, in a schema that is first made as it was then and afterwards brought
/// to the newest version. All rows come in one transaction: it has all of them or none.
///
/// @param target must be empty
record DatabaseLoad(DatabaseAddress target) {

  /// What a new schema comes with: it holds nobody's files. A restore that was cut short leaves it behind.
  private static final String TABLES =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname not in ('flyway_schema_history', 'state_transitions', 'deployment')
      order by relname
      """;

  /// The rows bring the steps that led to them, which the guards would judge anew and write down again.
  private static final String NO_TRIGGERS = "set local session_replication_role = replica";

  private static final String SEQUENCES =
      """
      select pg_get_serial_sequence(quote_ident(c.relname), a.attname), c.relname, a.attname
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
        and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
      """;

  /// The places were copied after the rows, so their marks may be ahead; all their bytes are of this backup, and
  /// nobody has to be asked whether rows are missing.
  private static final String CAUGHT_UP =
      "update places set generation = greatest(generation, ?) where kind = ?";

  private static final String MOVED =
      "update places set location = ? where kind = ? and backend = 'local'";

  /// Time in which nobody could be sent anything does not count against an upload.
  private static final String LIVES_ON =
      """
      update uploads set expires_at = expires_at + greatest(now() - ?::timestamptz, interval '0')
      where status in ('INITIATED', 'IN_PROGRESS')
      """;

  /// The hold was the backup's own. What was seen without an owner is looked at anew, with all its grace.
  private static final List<String> BEGIN_ANEW =
      List.of(
          "update deployment set removals_held_until = null, expiry_seen_at = now()",
          "truncate orphan_sightings, sweep_brakes");

  /// Loads the rows.
  ///
  /// @throws BackupException the database is not empty, or the backup cannot be used here; nothing was loaded
  ///
  /// @param homes the directories that the places are in now, of those that are directories
  void load(Path backup, Manifest manifest, Map<Kind, String> homes) throws IOException {
    Manifest.Database rows = manifest.database();
    for (Table table : rows.tables()) {
      TableFile.check(table, backup);
    }
    try (Connection connection = target.connect()) {
      refuseIfUsed(connection);
      migrate(rows.schemaVersion());
      refuseOtherSchema(connection, rows);
      connection.setAutoCommit(false);
      load(connection, backup, manifest);
      catchUp(connection, manifest, homes);
      connection.commit();
      migrate("latest");
    } catch (SQLException failed) {
      throw new BackupException("The rows cannot be loaded: " + failed.getMessage(), failed);
    } catch (FlywayException failed) {
      throw new BackupException("The schema cannot be made: " + failed.getMessage(), failed);
    }
  }

  /// Refuses a database that holds any row of anybody.
  void refuseIfUsed() throws IOException {
    try (Connection connection = target.connect()) {
      refuseIfUsed(connection);
    } catch (SQLException failed) {
      throw new BackupException("The database cannot be asked: " + failed.getMessage(), failed);
    }
  }

  private void refuseIfUsed(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row = statement.executeQuery(TABLES)) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row =
            statement.executeQuery("select 1 from " + TableFile.quoted(table) + " limit 1")) {
          if (row.next()) {
            throw new BackupException(
                "The database %s is not empty (%s has rows): restore into a new one."
                    .formatted(target, table));
          }
        }
      }
    }
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(target.jdbcUrl(), target.user(), target.password())
        .target(version)
        .load()
        .migrate();
  }

  private static void refuseOtherSchema(Connection connection, Manifest.Database rows)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      if (!DatabaseSnapshot.migrations(statement).equals(rows.migrations())) {
        throw new BackupException(
            "This Sluice does not make the backup's schema, version %s: use the version it was made with."
                .formatted(rows.schemaVersion()));
      }
    }
  }

  private static void load(Connection connection, Path backup, Manifest manifest)
      throws SQLException, IOException {
    List<Table> tables = manifest.database().tables();
    try (Statement statement = connection.createStatement()) {
      statement.execute(NO_TRIGGERS);
      statement.execute(
          "truncate "
              + tables.stream()
                  .map(table -> TableFile.quoted(table.name()))
                  .collect(Collectors.joining(", ")));
      for (Table table : tables) {
        load(connection, table, backup);
      }
      for (String anew : BEGIN_ANEW) {
        statement.execute(anew);
      }
      countOn(connection);
    }
  }

  private static void load(Connection connection, Table table, Path backup)
      throws SQLException, IOException {
    CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
    try (InputStream file = Files.newInputStream(table.file(backup))) {
      long rows =
          copying.copyIn("copy %s from stdin".formatted(TableFile.sql(table)), file, 1 << 16);
      if (rows != table.rows()) {
        throw new BackupException(
            "%s holds %d rows instead of %d.".formatted(table.file(backup), rows, table.rows()));
      }
    }
  }

  private static void catchUp(Connection connection, Manifest manifest, Map<Kind, String> homes)
      throws SQLException {
    for (Place place : manifest.places()) {
      if (place.generation() != null) {
        update(connection, CAUGHT_UP, place.generation(), place.kind().name());
      }
    }
    for (Map.Entry<Kind, String> home : homes.entrySet()) {
      update(connection, MOVED, home.getValue(), home.getKey().name());
    }
    update(connection, LIVES_ON, manifest.database().snapshotAt().toString());
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.executeUpdate();
    }
  }

  /// New rows get numbers after those that are there.
  private static void countOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        Statement setting = connection.createStatement();
        ResultSet row = statement.executeQuery(SEQUENCES)) {
      while (row.next()) {
        setting.execute(
            "select setval('%s', coalesce((select max(%s) from %s), 0) + 1, false)"
                .formatted(
                    row.getString(1),
                    TableFile.quoted(row.getString(3)),
                    TableFile.quoted(row.getString(2))));
      }
    }
  }
}
