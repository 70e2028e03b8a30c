package io.sluice.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Picks loopback ports that nobody listens on.
public final class FreePort {

  /// Below the range from which the kernel takes the local ports of outgoing connections: one of those would
  /// otherwise sit on the port between its choice and the server's start.
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /// A free port between 20000 and 32000, at random, so that two programs choosing at once hardly meet.
  public static int pick() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + LAST);
  }

  /// The port itself, or a free one for 0.
  public static int orPick(int port) throws IOException {
    return port == 0 ? pick() : port;
  }

  /// Whether a server could listen on this loopback port now.
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
