package io.sluice.bench.figure;

import io.sluice.bench.server.Server;
import java.io.IOException;

/// One way of doing the work of a figure.
public interface Side {

  /// Who does it.
  Server server();

  /// As in the tables.
  default String name() {
    return server().name();
  }

  /// How many share the work, where that is what is compared.
  default int members() {
    return 1;
  }

  /// Does it once, checks what was written or read, and clears up. Only the work itself is timed.
  Trial measure() throws IOException;
}
