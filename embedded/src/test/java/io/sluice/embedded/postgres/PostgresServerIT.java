package io.sluice.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.embedded.process.ProcessIdentity;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresServerIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "server_encoding, UTF8",
    "max_connections, 200",
    "log_timezone, UTC",
    "jit, off",
    "server_version, 18.6"
  })
  void theServerRunsAsItIsMeantTo(String setting, String value) throws Exception {
    assertThat(Sql.ask(EmbeddedStack.postgres().jdbcUrl(), "show " + setting)).isEqualTo(value);
  }

  @Test
  void nobodyGetsInWithoutThePassword() {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/sluice?user=sluice"
            .formatted(EmbeddedStack.postgres().port());
    assertThatThrownBy(() -> DriverManager.getConnection(url + "&password=guessed"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void thePasswordIsReadableByItsOwnerOnly() throws Exception {
    PostgresServer.start(directory, 0).close();
    assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  @Test
  void dataAndPasswordAreFoundAgainAfterAnOrderlyStop() throws Exception {
    String password;
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      Sql.run(server.jdbcUrl(), "create table kept as select 42 as answer");
      password = server.password();
    }
    assertThat(Files.readString(directory.resolve("postgres.log")))
        .contains("database system is shut down");
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      assertThat(Sql.ask(server.jdbcUrl(), "select answer from kept")).isEqualTo("42");
      assertThat(server.password()).isEqualTo(password);
    }
  }

  @Test
  void itIsGoneWhenCloseReturns() throws Exception {
    PostgresServer server = PostgresServer.start(directory, 0);
    long pid = server.pid();
    server.close();
    assertThat(ProcessIdentity.of(pid)).isEmpty();
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      assertThatThrownBy(() -> PostgresServer.start(directory, 0))
          .isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining(directory.toString());
      assertThatThrownBy(() -> PostgresServer.start(directory, 0))
          .isInstanceOf(DirectoryInUseException.class);
      assertThat(Sql.ask(server.jdbcUrl(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aTakenPortIsNamedAndTheDirectoryIsFreeAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PostgresServer.start(directory, taken.getLocalPort()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      assertThat(Sql.ask(server.jdbcUrl(), "select 1")).isEqualTo("1");
    }
  }

  /// A machine that was switched off leaves the file behind, and after the boot the number is someone else's.
  @Test
  void aStaleLockFileThatNamesALivingStrangerDoesNotKeepItFromStarting() throws Exception {
    PostgresServer.start(directory, 0).close();
    String stranger = Long.toString(ProcessHandle.current().pid());
    Files.writeString(
        directory.resolve("data/postmaster.pid"),
        stranger
            + "\n"
            + directory.resolve("data")
            + "\n1700000000\n5432\n\n127.0.0.1\n  0 0\nready\n");
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      assertThat(Sql.ask(server.jdbcUrl(), "select 1")).isEqualTo("1");
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void whatWasBegunWhenInitialisationBrokeOffIsMadeAnew() throws Exception {
    Files.createDirectories(directory.resolve("data.draft/base"));
    Files.writeString(directory.resolve("data.draft/PG_VERSION"), "18\n");
    try (PostgresServer server = PostgresServer.start(directory, 0)) {
      assertThat(Sql.ask(server.jdbcUrl(), "select 1")).isEqualTo("1");
    }
    assertThat(directory.resolve("data.draft")).doesNotExist();
  }
}
