package io.sluice.bench.server;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.Listening;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A server that is one child process with its own children, and serves on one port.
abstract sealed class ChildServer implements Server permits NginxServer, TusServer {

  private final ChildProcess process;
  private final int port;

  /// @param process serves already
  ChildServer(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts a child and returns when it listens on its port.
  static ChildProcess listening(ChildCommand command, int port, Duration patience)
      throws IOException {
    ChildProcess process = ChildProcess.start(command);
    process.awaitReady(patience, () -> Listening.on(port));
    return process;
  }

  @Override
  public final URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public final Usage usage() {
    return new ProcessTree(process.pid()).usage();
  }

  @Override
  public final void close() throws IOException {
    process.close();
  }
}
