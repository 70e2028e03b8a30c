package io.sluice.bench.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/// Fills the database of a Sluice with the rows of uploads that never were: finished ones as they are some hours after
/// their end, each with its chunk and its events, and open ones with some of their chunks stored.
///
/// @param finished how many are finished; for a hundred of them one is open
record History(int finished) {

  private static final int STEP = 50_000;
  private static final int FINISHED_TO_OPEN = 100;

  private static final String FINISHED =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, expires_at,
          completed_at, listed_at, etag, crc32c, stored_chunks)
      select ID, 'dev-user', 'grown-' || n, 1024, 5242880, 1, 1, 'COMPLETED', 'CHUNKED',
          'application/octet-stream', 'default', 'grown/' || n, now() + interval '1 day', now(), now(),
          '"' || md5(n::text) || '"', n, 1
      from generate_series(?, ?) n
      """;

  private static final String FINISHED_CHUNKS =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status, etag,
          stored_at)
      select ID, 0, 1024, n, n, 'grown/' || n, 'STORED', md5(n::text), now()
      from generate_series(?, ?) n
      """;

  private static final String FINISHED_EVENTS =
      """
      insert into upload_events (upload_id, from_status, to_status)
      select ID, step[1], step[2]
      from generate_series(?, ?) n,
          (values (array['', 'IN_PROGRESS']), (array['IN_PROGRESS', 'COMPLETING']),
                  (array['COMPLETING', 'COMPLETED'])) steps (step)
      """;

  private static final String OPEN =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
          chunks_per_part, status, origin, content_type, storage_element, object_key, expires_at,
          stored_chunks)
      select ID, 'dev-user', 'open-' || n, 52428800, 5242880, 10, 1, 'IN_PROGRESS', 'CHUNKED',
          'application/octet-stream', 'default', 'grown/' || n, now() + interval '1 day', 3
      from generate_series(?, ?) n
      """;

  private static final String OPEN_CHUNKS =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status, etag,
          stored_at)
      select ID, i, 5242880, n, n, 'grown/' || n || '/' || i, 'STORED', md5(n::text), now()
      from generate_series(?, ?) n, generate_series(0, 2) i
      """;

  private static final String OPEN_EVENTS =
      """
      insert into upload_events (upload_id, from_status, to_status)
      select ID, step[1], step[2]
      from generate_series(?, ?) n,
          (values (array['', 'INITIATED']), (array['INITIATED', 'IN_PROGRESS'])) steps (step)
      """;

  /// Time-ordered as ids are, all older than any that is made from now on.
  private static final String ID =
      "cast(lpad(to_hex(n), 12, '0') || '70008' || substr(md5(n::text), 1, 15) as uuid)";

  /// How many are open.
  int open() {
    return finished / FINISHED_TO_OPEN;
  }

  /// Writes it all, and leaves the database as it is when nothing has been written for a while.
  void write(Connection database) throws IOException {
    try (Statement statement = database.createStatement()) {
      statement.execute("set statement_timeout = 0");
      // What the triggers guard are steps; these rows never took any.
      statement.execute("set session_replication_role = replica");
      insert(database, List.of(FINISHED, FINISHED_CHUNKS, FINISHED_EVENTS), 1, finished);
      insert(database, List.of(OPEN, OPEN_CHUNKS, OPEN_EVENTS), finished + 1, finished + open());
      for (String table : List.of("uploads", "chunks", "upload_events")) {
        statement.execute("vacuum analyze " + table);
      }
      statement.execute("checkpoint");
    } catch (SQLException failed) {
      throw new IOException("cannot fill the database", failed);
    }
  }

  private static void insert(Connection database, List<String> commands, int from, int to)
      throws SQLException {
    for (int first = from; first <= to; first += STEP) {
      int last = Math.min(first + STEP - 1, to);
      for (String command : commands) {
        try (PreparedStatement insert =
            database.prepareStatement(command.replace("ID,", ID + ","))) {
          insert.setInt(1, first);
          insert.setInt(2, last);
          insert.executeUpdate();
        }
      }
      System.err.printf(Locale.ROOT, "  uploads in the database: %,d%n", last);
    }
  }
}
