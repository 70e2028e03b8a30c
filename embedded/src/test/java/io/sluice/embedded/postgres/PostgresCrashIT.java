package io.sluice.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.ProcessIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of PostgreSQL after `kill -9`.
class PostgresCrashIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  /// Far longer than the test, but not for ever.
  private static final String COMPUTE =
      """
      do $$ declare
        until timestamptz := clock_timestamp() + interval '90 s';
      begin
        while clock_timestamp() < until loop end loop;
      end $$
      """;

  @TempDir private Path directory;

  @Test
  void everyCommitSurvivesTheDeathOfTheServer() throws Exception {
    PostgresServer server = PostgresServer.start(directory, 0);
    Sql.run(server.jdbcUrl(), "create table t (n int primary key)");
    int committed = 0;
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        PreparedStatement insert = connection.prepareStatement("insert into t values (?)")) {
      CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> killAfterAWhile(server));
      while (true) {
        insert.setInt(1, committed);
        insert.executeUpdate();
        committed++;
        if (committed > 1_000_000) {
          killed.join();
        }
      }
    } catch (SQLException connectionLost) {
      assertThat(committed).isPositive();
    }
    server.close();

    try (PostgresServer again = PostgresServer.start(directory, 0)) {
      String found = Sql.ask(again.jdbcUrl(), "select count(*) || ' ' || max(n) from t");
      // The last one may have been committed without having been answered.
      assertThat(found).isIn(committed + " " + (committed - 1), (committed + 1) + " " + committed);
    }
  }

  private static void killAfterAWhile(PostgresServer server) {
    await()
        .atMost(SOON)
        .until(() -> Integer.parseInt(Sql.ask(server.jdbcUrl(), "select count(*) from t")) > 200);
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
  }

  @Test
  void aServerDiesWithItsParentAndItsDataAreFoundAgain() throws Exception {
    try (Host host = Host.of("postgres", directory)) {
      Sql.run(host.address(), "create table kept as select 42 as answer");
      host.kill();
      await().atMost(SOON).until(() -> ProcessIdentity.of(host.serverPid()).isEmpty());
    }
    assertFoundAgain();
  }

  @Test
  void aServerThatOutlivedItsParentIsReplaced() throws Exception {
    try (Host host = Host.leavingOrphans("postgres", directory)) {
      Sql.run(host.address(), "create table kept as select 42 as answer");
      host.kill();
      assertThat(Sql.ask(host.address(), "select answer from kept")).isEqualTo("42");
      assertFoundAgain();
      assertThat(ProcessIdentity.of(host.serverPid())).isEmpty();
    }
  }

  /// A statement that only computes does not notice that the server around it is gone; PostgreSQL does not start
  /// while it lasts ("pre-existing shared memory block is still in use").
  @Test
  void aStatementThatOutlivedItsServerIsEnded() throws Exception {
    PostgresServer server = PostgresServer.start(directory, 0);
    Sql.run(server.jdbcUrl(), "create table kept as select 42 as answer");
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      long backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
      CompletableFuture<Void> computing =
          CompletableFuture.runAsync(() ->
              assertThatThrownBy(() -> statement.execute(COMPUTE))
                  .isInstanceOf(SQLException.class));
      await()
          .atMost(SOON)
          .until(() ->
              Sql.ask(
                      server.jdbcUrl(),
                      "select count(*) from pg_stat_activity where state = 'active' and query like 'do %'")
                  .equals("1"));
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      await().atMost(SOON).until(() -> ProcessIdentity.of(server.pid()).isEmpty());
      server.close();
      assertThat(ProcessIdentity.of(backend)).as("still computing").isPresent();

      assertFoundAgain();
      assertThat(ProcessIdentity.of(backend)).isEmpty();
      computing.join();
    }
  }

  private void assertFoundAgain() throws Exception {
    try (PostgresServer again = PostgresServer.start(directory, 0)) {
      assertThat(Sql.ask(again.jdbcUrl(), "select answer from kept")).isEqualTo("42");
    }
  }
}
