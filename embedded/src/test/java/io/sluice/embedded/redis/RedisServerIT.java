package io.sluice.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    assertThat(ask(server.port(), "SET key value")).isEqualTo("+OK");
    assertThat(ask(server.port(), "CONFIG GET bind")).isNotEmpty();
    server.close();
    assertThat(ProcessIdentity.of(server.pid())).isEmpty();
    assertThatThrownBy(() -> ask(server.port(), "PING")).isInstanceOf(IOException.class);
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
    try (RedisServer server = RedisServer.start(directory, 0)) {
      assertThatThrownBy(() -> RedisServer.start(directory, 0))
          .isInstanceOf(DirectoryInUseException.class);
      assertThat(ask(server.port(), "PING")).isEqualTo("+PONG");
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
      assertThat(ask(URI.create(host.address()).getPort(), "PING")).isEqualTo("+PONG");
      try (RedisServer server = RedisServer.start(directory, 0)) {
        assertThat(ProcessIdentity.of(host.serverPid())).isEmpty();
        assertThat(ask(server.port(), "PING")).isEqualTo("+PONG");
      }
    }
  }

  private static String ask(int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[1000];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}
