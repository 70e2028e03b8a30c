package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// The PostgreSQL of a running Sluice, found by what lies in its directory.
final class EmbeddedDatabase {

  private static final int PORT_LINE = 3;

  private EmbeddedDatabase() {}

  /// Connects as its owner.
  ///
  /// @param directory all its files
  static Connection connect(Path directory) throws IOException, SQLException {
    String port =
        Files.readAllLines(directory.resolve("data/postmaster.pid")).get(PORT_LINE).strip();
    Properties login = new Properties();
    login.setProperty("user", "sluice");
    login.setProperty("password", Files.readString(directory.resolve("password")).strip());
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/sluice", login);
  }
}
