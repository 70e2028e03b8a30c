package io.sluice.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Whether something accepts connections on a port of this machine: how a server shows that it has started.
public final class Listening {

  private static final int CONNECT_MILLIS = 500;

  private Listening() {}

  /// Connects once to the loopback port.
  public static boolean on(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
