package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Migration;
import io.sluice.standalone.backup.Manifest.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Writes every row of a database down, all of one moment, while others go on writing: one transaction that sees what was
/// committed when it began. PostgreSQL's own dump would do the same, but a client of the database is all that is needed
/// here, and it is always there.
///
/// @param source must be the primary: a replica may lack what was acknowledged
record DatabaseSnapshot(DatabaseAddress source) {

  /// The first statement of the transaction: from here on it sees nothing newer.
  private static final String MOMENT = "select id, clock_timestamp() from deployment";

  private static final String MIGRATIONS =
      """
      select version, checksum from flyway_schema_history
      where success and version is not null order by installed_rank
      """;

  /// Without Flyway's own table, which migrating makes again; what it says is in the manifest. Without what
  /// is computed.
  private static final String TABLES =
      """
      select c.relname, array_agg(a.attname order by a.attnum)
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname <> 'flyway_schema_history'
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname order by c.relname
      """;

  /// Writes `database/` of a backup. Durable on return.
  Manifest.Database write(Path backup) throws IOException {
    Files.createDirectories(backup.resolve("database"));
    try (Connection connection = source.connect()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Manifest.Database snapshot = write(connection, backup);
      connection.rollback();
      return snapshot;
    } catch (SQLException failed) {
      throw new BackupException("The database cannot be read: " + failed.getMessage(), failed);
    }
  }

  private static Manifest.Database write(Connection connection, Path backup)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      UUID deployment;
      Instant moment;
      try (ResultSet row = statement.executeQuery(MOMENT)) {
        if (!row.next()) {
          throw new BackupException("The database does not say whose it is.");
        }
        deployment = row.getObject(1, UUID.class);
        moment = row.getObject(2, OffsetDateTime.class).toInstant();
      }
      List<Table> tables = new ArrayList<>();
      for (Table table : tables(statement)) {
        tables.add(copy(connection, table, backup));
      }
      return new Manifest.Database(deployment, moment, migrations(statement), tables);
    }
  }

  static List<Migration> migrations(Statement statement) throws SQLException {
    List<Migration> migrations = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(MIGRATIONS)) {
      while (row.next()) {
        migrations.add(new Migration(row.getString(1), row.getInt(2)));
      }
    }
    return migrations;
  }

  /// The tables with nothing of them copied yet.
  private static List<Table> tables(Statement statement) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        String[] columns = (String[]) row.getArray(2).getArray();
        tables.add(new Table(row.getString(1), Arrays.asList(columns), 0, ""));
      }
    }
    return tables;
  }

  private static Table copy(Connection connection, Table table, Path backup)
      throws SQLException, IOException {
    CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
    try (FileChannel file =
            FileChannel.open(
                table.file(backup), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        DigestOutputStream out =
            new DigestOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16),
                TableFile.sha256())) {
      long rows =
          copying.copyOut("copy %s to stdout".formatted(TableFile.sql(table)), (OutputStream) out);
      out.flush();
      file.force(true);
      String sha256 = HexFormat.of().formatHex(out.getMessageDigest().digest());
      return new Table(table.name(), table.columns(), rows, sha256);
    }
  }
}
