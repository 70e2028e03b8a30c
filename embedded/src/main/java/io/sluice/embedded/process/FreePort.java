package io.sluice.embedded.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
  ///
  /// @throws BindException if someone listens on it: a server would find out late, and its clients talk to a stranger
  public static int orPick(int port) throws IOException {
    if (port == 0) {
      return pick();
    }
    if (!isFree(port)) {
      throw new BindException("port " + port + " of 127.0.0.1 is in use");
    }
    return port;
  }

  /// Whether a server could listen on this loopback port now.
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
