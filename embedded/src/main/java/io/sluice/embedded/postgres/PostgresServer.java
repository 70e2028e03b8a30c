package io.sluice.embedded.postgres;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.FreePort;
import io.sluice.embedded.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A PostgreSQL server that keeps what it acknowledges, on 127.0.0.1, as a child process.
///
/// Its directory holds everything: start again on it after whatever end and the data is there. Only one server runs
/// on a directory; one that outlived its parent is shut down first.
public final class PostgresServer implements AutoCloseable {

  /// The database that is always there.
  public static final String DATABASE = "sluice";

  /// After a crash it first reads up to `max_wal_size` of log, which a slow disk takes its time for.
  private static final Duration STARTUP = Duration.ofMinutes(5);

  private static final Duration SHUTDOWN = Duration.ofSeconds(30);

  private final DirectoryLock lock;
  private final ChildProcess process;
  private final int port;
  private final String password;

  private PostgresServer(DirectoryLock lock, ChildProcess process, int port, String password) {
    this.lock = lock;
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /// Starts the server and returns when it takes connections.
  ///
  /// @param directory all its files; created and filled if empty
  /// @param port to listen on, or 0 for a free one
  /// @throws io.sluice.embedded.process.DirectoryInUseException if a living process runs a server on the directory
  public static PostgresServer start(Path directory, int port) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      PostgresCluster cluster =
          new PostgresCluster(directory.toRealPath(), PostgresBinaries.unpacked());
      cluster.ensureInitialised();
      new PostmasterPid(cluster.data()).clear();
      int chosen = FreePort.orPick(port);
      ChildProcess process = launch(cluster, chosen);
      return ready(new PostgresServer(lock, process, chosen, cluster.password()));
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static PostgresServer ready(PostgresServer server) throws IOException {
    try {
      server.ensureDatabase(DATABASE);
      return server;
    } catch (IOException | RuntimeException failed) {
      server.process.close();
      throw failed;
    }
  }

  private static ChildProcess launch(PostgresCluster cluster, int port) throws IOException {
    List<String> command = new ArrayList<>(PostgresCluster.notAsRoot());
    command.add(cluster.binaries().program("postgres").toString());
    command.addAll(List.of("-D", cluster.data().toString()));
    command.addAll(PostgresSettings.arguments(port));
    ChildProcess process =
        ChildProcess.start(
            new ChildCommand(
                "postgres", cluster.directory(), command, Map.of(), StopSignal.INT, SHUTDOWN));
    PostmasterPid postmaster = new PostmasterPid(cluster.data());
    process.awaitReady(STARTUP, () -> postmaster.saysReady(process.pid()));
    return process;
  }

  /// The port it listens on.
  public int port() {
    return port;
  }

  /// The number of the server's first process.
  public long pid() {
    return process.pid();
  }

  /// The name to log in with, a superuser.
  public String user() {
    return PostgresCluster.USER;
  }

  /// The password that was made up with the data directory.
  public String password() {
    return password;
  }

  /// The address of the database [#DATABASE], with user and password.
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /// The address of a database of this server, with user and password.
  public String jdbcUrl(String database) {
    return jdbcUrl(port, database, password);
  }

  /// The address of the database [#DATABASE] of a server that another process of this user started.
  public static String jdbcUrlOf(Path directory, int port) throws IOException {
    return jdbcUrl(port, DATABASE, PostgresCluster.passwordFile(directory).get());
  }

  private static String jdbcUrl(int port, String database, String password) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, PostgresCluster.USER, password);
  }

  /// Creates an empty database if there is none of the name.
  public void ensureDatabase(String name) throws IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery(
              "select 1 from pg_database where datname = " + statement.enquoteLiteral(name))) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + statement.enquoteIdentifier(name, true));
    } catch (SQLException failed) {
      throw new IOException("cannot create the database " + name, failed);
    }
  }

  /// Disconnects all clients, writes everything and ends.
  @Override
  public void close() throws IOException {
    try {
      process.close();
    } finally {
      lock.close();
    }
  }
}
