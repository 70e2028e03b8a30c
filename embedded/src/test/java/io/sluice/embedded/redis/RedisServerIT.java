package io.sluice.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void itAnswersAndIsGoneWhenCloseReturns() throws Exception {
    RedisServer server = RedisServer.start(directory, 0);
    assertThat(ask(server.url(), "SET key value")).isEqualTo("+OK");
    server.close();
    assertThat(ProcessIdentity.of(server.pid())).isEmpty();
    assertThatThrownBy(() -> ask(server.url(), "PING")).isInstanceOf(IOException.class);
  }

  /// Or any user of the machine could have it write files as the user that runs it.
  @Test
  void nobodyGetsInWithoutThePassword() throws Exception {
    try (RedisServer server = RedisServer.start(directory, 0)) {
      String guessed = "redis://:guessed@127.0.0.1:" + server.port();
      assertThat(ask(guessed, "CONFIG SET dir /tmp")).startsWith("-NOAUTH");
      assertThat(ask(server.url(), "CONFIG GET dir")).isEqualTo("*2");
    }
    assertThat(Files.getPosixFilePermissions(directory.resolve("redis.conf")))
        .extracting(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
    try (RedisServer server = RedisServer.start(directory, 0)) {
      assertThatThrownBy(() -> RedisServer.start(directory, 0))
          .isInstanceOf(DirectoryInUseException.class);
      assertThat(ask(server.url(), "PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void itDiesWithItsParent() throws Exception {
    try (Host host = Host.of("redis", directory)) {
      host.kill();
      await().atMost(SOON).until(() -> ProcessIdentity.of(host.serverPid()).isEmpty());
    }
  }

  @Test
  void oneThatOutlivedItsParentIsReplaced() throws Exception {
    try (Host host = Host.leavingOrphans("redis", directory)) {
      host.kill();
      assertThat(ask(host.address(), "PING")).isEqualTo("+PONG");
      try (RedisServer server = RedisServer.start(directory, 0)) {
        assertThat(ProcessIdentity.of(host.serverPid())).isEmpty();
        assertThat(ask(server.url(), "PING")).isEqualTo("+PONG");
      }
    }
  }

  private static String ask(String url, String command) throws IOException {
    URI address = URI.create(url);
    String password = address.getUserInfo().substring(1);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String lines = "AUTH " + password + "\r\n" + command + "\r\n";
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
      answers.readLine();
      return answers.readLine();
    }
  }
}
