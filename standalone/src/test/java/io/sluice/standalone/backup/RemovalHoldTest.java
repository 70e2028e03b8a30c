package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The hold as a backup asks a gateway for it.
class RemovalHoldTest {

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer gateway;
  private volatile boolean held;
  private volatile int status = 200;

  @BeforeEach
  void aGateway() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext("/v1/admin/removals/hold", this::answer);
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  @Test
  void itIsEndedByWhoBeganIt() throws Exception {
    try (RemovalHold hold = hold()) {
      hold.begin();
      assertThat(held).isTrue();
      hold.end();
    }

    assertThat(asked).containsExactly("POST {\"seconds\": 900}", "DELETE ");
    assertThat(held).isFalse();
  }

  /// An operator who copies a bucket after the backup has held for longer.
  @Test
  void oneThatWasThereBeforeIsLeftAsItIs() throws Exception {
    held = true;

    try (RemovalHold hold = hold()) {
      hold.begin();
      hold.end();
    }

    assertThat(asked).containsExactly("POST {\"seconds\": 900}", "POST {\"seconds\": 1}");
    assertThat(held).isTrue();
  }

  @Test
  void oneThatSomebodyEndedIsTold() throws Exception {
    try (RemovalHold hold = hold()) {
      hold.begin();
      held = false;

      assertThatThrownBy(hold::end)
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("Take the backup again");
    }
  }

  @Test
  void aKeyThatIsNoAdministratorsIsToldSo() {
    status = 403;

    try (RemovalHold hold = hold()) {
      assertThatThrownBy(hold::begin).hasMessageContaining("--key");
      hold.abandon();
    }
  }

  private RemovalHold hold() {
    return new RemovalHold("http://127.0.0.1:" + gateway.getAddress().getPort() + "/", "key");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(exchange.getRequestMethod() + " " + body);
    byte[] answer =
        "{\"held_until\": null, \"was_held\": %s, \"effective_after_seconds\": 0}"
            .formatted(held)
            .getBytes(StandardCharsets.UTF_8);
    held = held || exchange.getRequestMethod().equals("POST");
    held = held && !exchange.getRequestMethod().equals("DELETE");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
