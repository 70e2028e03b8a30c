package io.sluice.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A program that holds a port, and takes a moment to die.
final class PortHolder {

  private PortHolder() {}

  /// Says which port it holds.
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      server.accept().close();
    }
  }
}
