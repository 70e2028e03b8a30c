package io.sluice.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows against the real schema: its checks hold for them, and its triggers guard again what comes after.
class HistoryIT {

  private static final Path SCHEMA =
      Path.of("../metadata/src/main/resources/db/migration/V1__uploads_and_chunks.sql");

  @TempDir private Path directory;

  @Test
  void aDatabaseIsFilledWithFinishedAndOpenUploads() throws Exception {
    try (PostgresServer _ = PostgresServer.start(directory, 0);
        Connection connection = EmbeddedDatabase.connect(directory);
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(SCHEMA));

      new History(1000).write(connection);

      assertThat(count(statement, "uploads where status = 'COMPLETED'")).isEqualTo(1000);
      assertThat(count(statement, "uploads where status = 'IN_PROGRESS'")).isEqualTo(10);
      assertThat(
              count(
                  statement,
                  "chunks join uploads on id = upload_id where chunks.status = 'STORED'"))
          .isEqualTo(1000 + 3 * 10);
      assertThat(count(statement, "upload_events")).isEqualTo(3 * 1000 + 2 * 10);
      assertThat(
              count(
                  statement,
                  "uploads u where stored_chunks <> (select count(*) from chunks c where c.upload_id = u.id)"))
          .isZero();
    }
  }

  private static long count(Statement statement, String from) throws Exception {
    try (ResultSet answer = statement.executeQuery("select count(*) from " + from)) {
      answer.next();
      return answer.getLong(1);
    }
  }
}
