package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {

  @TempDir private Path temporary;

  @Test
  void everyoneGetsTheSameServersAndADatabaseOfTheirOwn() throws Exception {
    assertThat(EmbeddedStack.postgres()).isSameAs(EmbeddedStack.postgres());
    String first = EmbeddedStack.freshDatabase();
    String second = EmbeddedStack.freshDatabase();
    try (Connection connection = DriverManager.getConnection(first);
        Statement statement = connection.createStatement()) {
      statement.execute("create table mine (n int)");
    }
    try (Connection connection = DriverManager.getConnection(second);
        Statement statement = connection.createStatement()) {
      // The same name is free: nothing of the first database is in the second.
      statement.execute("create table mine (n int)");
    }
  }

  @Test
  void serversAndFilesGoWithTheJvm() throws Exception {
    try (Host host = Host.withTemporaryDirectory("stack", temporary)) {
      assertThat(host.await()).isZero();
      assertThat(ProcessIdentity.of(host.serverPid())).isEmpty();
      assertThat(ProcessIdentity.of(Long.parseLong(host.address()))).isEmpty();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(Path::getFileName).map(Path::toString).toList())
          .filteredOn(name -> name.startsWith("sluice-embedded-"))
          .isEqualTo(List.of());
    }
  }
}
