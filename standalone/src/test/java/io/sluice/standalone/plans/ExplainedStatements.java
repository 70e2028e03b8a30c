package io.sluice.standalone.plans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every statement that a database has run, with the plan it was run by, as `auto_explain` writes it to the server's log.
public final class ExplainedStatements {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A plan begins after these words and goes on in lines that are indented by a tabulator.
  private static final Pattern PLAN = Pattern.compile("plan:\\n((?:\\t.*\\n)+)");

  private ExplainedStatements() {}

  /// One statement.
  ///
  /// @param sql with its parameters' places
  /// @param plan as JSON
  public record Explained(String sql, JsonNode plan) {

    /// Whether a whole table was read.
    public boolean scans(String table) {
      return plan.findParents("Relation Name").stream()
          .anyMatch(node ->
              node.path("Relation Name").asString().equals(table)
                  && node.path("Node Type").asString().equals("Seq Scan"));
    }

    /// Whether a table was touched.
    public boolean touches(String table) {
      return plan.findValuesAsString("Relation Name").contains(table);
    }
  }

  /// From the next connection on, the plans of all statements of this database are logged.
  public static void log(String jdbcUrl) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      for (String setting :
          List.of(
              "session_preload_libraries = 'auto_explain'",
              "auto_explain.log_min_duration = 0",
              "auto_explain.log_format = 'json'",
              "auto_explain.log_nested_statements = on",
              "auto_explain.log_parameter_max_length = 0")) {
        statement.execute("alter database sluice set " + setting);
      }
    }
  }

  /// What the log tells from a position on.
  public static List<Explained> from(Path log, long positionBytes) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    String text =
        new String(
            bytes, (int) positionBytes, bytes.length - (int) positionBytes, StandardCharsets.UTF_8);
    return PLAN.matcher(text)
        .results()
        .map(found -> JSON.readTree(found.group(1)))
        .map(plan -> new Explained(plan.path("Query Text").asString(), plan))
        .toList();
  }
}
