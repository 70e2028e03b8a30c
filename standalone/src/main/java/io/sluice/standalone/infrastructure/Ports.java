package io.sluice.standalone.infrastructure;

import io.sluice.embedded.process.FreePort;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// Free loopback ports, each given out once: a port is free until its server listens, so asking twice could give it
/// twice.
public final class Ports {

  private final Set<Integer> given = new HashSet<>();

  /// Another free port.
  public synchronized int next() throws IOException {
    int port = FreePort.pick();
    while (!given.add(port)) {
      port = FreePort.pick();
    }
    return port;
  }
}
