package io.sluice.bench.figure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// What the database says of chunks: asking the API for each of many would be a load of its own.
record ChunkCounts(Connection connection) {

  /// Of all uploads.
  long staged() throws IOException {
    return count("select count(*) from chunks where status = 'STAGED'", List.of());
  }

  long stored(List<String> uploads) throws IOException {
    return count(
        "select count(*) from chunks where status = 'STORED' and upload_id = any (?::uuid[])",
        uploads);
  }

  private long count(String question, List<String> uploads) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      if (!uploads.isEmpty()) {
        statement.setArray(1, connection.createArrayOf("text", uploads.toArray()));
      }
      try (ResultSet answer = statement.executeQuery()) {
        answer.next();
        return answer.getLong(1);
      }
    } catch (SQLException failed) {
      throw new IOException("cannot count chunks", failed);
    }
  }
}
