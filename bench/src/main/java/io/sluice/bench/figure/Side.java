package io.sluice.bench.figure;

import io.sluice.bench.server.Server;
import java.io.IOException;

/// One way of doing the work of a figure.
public interface Side {

  /// Who does it.
  Server server();

  /// Does it once, checks what was written or read, and clears up. Only the work itself is timed.
  Trial measure() throws IOException;
}
