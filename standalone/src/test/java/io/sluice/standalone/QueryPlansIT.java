package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.standalone.SluiceProgram.Ending;
import io.sluice.standalone.demo.TestUpload;
import io.sluice.standalone.plans.ExplainedStatements;
import io.sluice.standalone.plans.ExplainedStatements.Explained;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With many uploads in the database nothing that any service asks reads a whole table.
class QueryPlansIT {

  private static final List<String> LARGE =
      List.of("uploads", "chunks", "upload_events", "idempotency_keys");

  /// Words of each of the reaper's loops that nothing else says: retries that are due, expiry, work without a job, purges
  /// nobody asked for, idempotency keys, rows of chunks.
  private static final List<String> LOOPS =
      List.of(
          "order by c.next_attempt_at",
          "end_code = 'expired'",
          "with recursive waiting",
          "with left_over as",
          "delete from idempotency_keys",
          "with recursive young");

  /// Staging, open multiparts, objects: each sweep ends by these words.
  private static final String SWEPT = "last_seen_at <";

  private static final int SWEEPS = 3;

  /// The slow loops begin five seconds after the start.
  private static final Duration A_WHILE = Duration.ofSeconds(90);

  @TempDir private Path directory;

  @Test
  void noStatementReadsAWholeTable() throws Exception {
    Path database = directory.resolve("postgres");
    try (PostgresServer postgres = PostgresServer.start(database, 0);
        RunningSluice sluice =
            new RunningSluice(directory, Map.of("DATABASE_URL", postgres.jdbcUrl()))) {
      sluice.up();
      fill(postgres.jdbcUrl());
      sluice.run("down");
      ExplainedStatements.log(postgres.jdbcUrl());
      Path log = database.resolve("postgres.log");
      long start = Files.size(log);

      useEverything(sluice, sluice.up());
      await()
          .atMost(A_WHILE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> everyLoopHasAsked(ExplainedStatements.from(log, start)));

      List<Explained> explained = ExplainedStatements.from(log, start);
      for (String table : LARGE) {
        assertThat(explained).as("statements on " + table).anyMatch(each -> each.touches(table));
        assertThat(explained.stream().filter(each -> each.scans(table)).map(Explained::sql))
            .as("statements that read all of " + table)
            .isEmpty();
      }
    }
  }

  private static void everyLoopHasAsked(List<Explained> explained) {
    assertThat(LOOPS)
        .allSatisfy(
            words -> assertThat(explained).as(words).anyMatch(each -> each.sql().contains(words)));
    assertThat(explained)
        .as("sweeps")
        .filteredOn(each -> each.sql().contains(SWEPT))
        .hasSizeGreaterThanOrEqualTo(SWEEPS);
  }

  /// The guards are off meanwhile: these rows have no history.
  private static void fill(String jdbcUrl) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          """
          insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
              chunks_per_part, status, origin, content_type, etag, storage_element, object_key,
              stored_chunks, expires_at, completed_at, listed_at)
          select id, 'user-' || n % 100, 'file-' || n, 1000, 1000, 1, 1, 'COMPLETED', 'CHUNKED',
              'text/plain', '"e"', 'default', 'files/' || id, 1, now(), now(), now()
          from (select uuidv7() as id, n from generate_series(1, 200000) n)
          """);
      statement.execute(
          """
          insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
              chunks_per_part, status, origin, content_type, storage_element, object_key, expires_at)
          select id, 'user-' || n % 100, 'open-' || n, 2000, 1000, 2, 1, 'IN_PROGRESS', 'CHUNKED',
              'text/plain', 'default', 'files/' || id, now() + interval '1 day'
          from (select uuidv7() as id, n from generate_series(1, 5000) n)
          """);
      statement.execute(
          """
          insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status, etag,
              stored_at)
          select id, 0, 1000, 1, 2, 'key-' || id, 'STORED', 'e', now() from uploads
          """);
      statement.execute(
          """
          insert into upload_events (upload_id, from_status, to_status)
          select id, '', 'INITIATED' from uploads
          """);
      statement.execute(
          """
          insert into idempotency_keys (owner_id, scope, key, request_hash, expires_at)
          select 'user-1', 'init', 'key-' || n, '\\x00', now() + interval '1 day'
          from generate_series(1, 50000) n
          """);
      statement.execute("analyze");
    }
  }

  private void useEverything(RunningSluice sluice, String url) throws Exception {
    Ending demo = sluice.run("demo");
    assertThat(demo.code()).as(demo.talk()).isZero();
    TestUpload aborted = TestUpload.begin(url, directory.resolve("aborted.bin"), 3, 1 << 20);
    aborted.send(url, List.of(0));
    TestUpload.begin(url, directory.resolve("open.bin"), 2, 1 << 20).send(url, List.of(1));

    String file = id(ask(url, "POST", "/v1/files?name=a.txt", "Idempotency-Key", "once", 201));
    ask(url, "POST", "/v1/files?name=empty.txt", "Idempotency-Key", "twice", 201);
    for (String path :
        List.of(
            "/v1/uploads",
            "/v1/uploads?status=COMPLETED",
            "/v1/uploads?status=IN_PROGRESS",
            "/v1/files",
            "/v1/files?name_prefix=a",
            "/v1/files/" + file,
            "/v1/files/" + file + "/metadata")) {
      ask(url, "GET", path, "Accept", "*/*", 200);
    }
    ask(url, "DELETE", "/v1/uploads/" + aborted.id(), "Accept", "*/*", 204);
    ask(url, "DELETE", "/v1/files/" + file, "Accept", "*/*", 204);
    ask(url, "GET", "/v1/admin/queue", "Accept", "*/*", 200);
    ask(url, "GET", "/v1/admin/dead-letters", "Accept", "*/*", 200);
    ask(url, "POST", "/v1/admin/cleanup", "Accept", "*/*", 200);
    ask(url, "GET", "/metrics", "Accept", "*/*", 200);
  }

  private static String id(String answer) {
    return answer.replaceFirst("(?s).*?\"id\" ?: ?\"([^\"]+)\".*", "$1");
  }

  private static String ask(
      String url, String method, String path, String header, String value, int expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("X-API-Key", "dev-key")
            .header(header, value)
            .method(
                method,
                path.contains("?name=a")
                    ? BodyPublishers.ofString("hello")
                    : BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("%s %s: %s", method, path, answer.body())
          .isEqualTo(expected);
      return answer.body();
    }
  }
}
