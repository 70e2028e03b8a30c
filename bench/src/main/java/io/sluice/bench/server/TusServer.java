package io.sluice.bench.server;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The tus protocol's server library for Java, in a process of its own.
public final class TusServer extends ChildServer {

  /// Where uploads are created.
  public static final String PATH = TusMain.URI_PATH;

  private TusServer(ChildProcess process, int port) {
    super(process, port);
  }

  /// Starts one whose files are all in this directory.
  public static TusServer start(Path directory) throws IOException {
    int port = FreePort.pick();
    ChildProcess process =
        listening(
            ChildCommand.of(
                "tus",
                directory,
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TusMain.class.getName(),
                    Integer.toString(port),
                    directory.toString())),
            port,
            Duration.ofSeconds(30));
    return new TusServer(process, port);
  }

  @Override
  public String name() {
    return "tus-java-server";
  }
}
