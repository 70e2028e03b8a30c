package io.sluice.standalone.backup;

import io.sluice.runtime.environment.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a database is, and as whom.
///
/// @param jdbcUrl may hold user and password
record DatabaseAddress(String jdbcUrl, @Nullable String user, @Nullable String password) {

  /// Reads `DATABASE_URL` in each of its forms.
  static DatabaseAddress of(String databaseUrl) throws BackupException {
    try {
      Map<String, Object> url = DatabaseUrl.properties(databaseUrl);
      return new DatabaseAddress(
          String.valueOf(url.get("spring.datasource.url")),
          (String) url.get("spring.datasource.username"),
          (String) url.get("spring.datasource.password"));
    } catch (IllegalArgumentException refused) {
      throw new BackupException(
          "The database's address must look like postgres://user:password@host:port/database or be"
              + " a JDBC URL.");
    }
  }

  Connection connect() throws SQLException {
    return user == null
        ? DriverManager.getConnection(jdbcUrl)
        : DriverManager.getConnection(jdbcUrl, user, password);
  }

  /// Passwords are not for terminals.
  @Override
  public String toString() {
    return jdbcUrl.replaceAll("\\?.*", "");
  }
}
