package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void aPickedPortCanBeListenedOn() throws Exception {
    int port = FreePort.pick();
    assertThat(port).isBetween(20_000, 32_000);
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void aPortThatIsListenedOnIsRefusedByName() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> FreePort.orPick(taken.getLocalPort()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }
}
