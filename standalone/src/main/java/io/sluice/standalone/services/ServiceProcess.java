package io.sluice.standalone.services;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.StopSignal;
import io.sluice.places.RefusedStart;
import io.sluice.standalone.health.Probe;
import io.sluice.standalone.health.ServiceHealth;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.supervision.Running;
import io.sluice.standalone.supervision.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One service in a process of its own, from its executable jar.
///
/// @param name of the member, its log and its pid file
/// @param jar what runs
/// @param directory of the instance
/// @param port where it will listen
/// @param environment everything it is told
record ServiceProcess(
    String name, Path jar, DataDirectory directory, int port, Map<String, String> environment)
    implements Start {

  private static final Duration STARTUP = Duration.ofMinutes(2);

  /// A worker may finish what it has in hand: 30 seconds by Spring's own limit, and a little for the rest.
  private static final Duration SHUTDOWN = Duration.ofSeconds(40);

  @Override
  public Running start() throws IOException {
    ChildProcess process =
        ChildProcess.start(
            new ChildCommand(
                name,
                directory.run(),
                directory.logs(),
                command(),
                environment,
                StopSignal.TERM,
                SHUTDOWN));
    try {
      process.awaitReady(STARTUP, this::isUp);
    } catch (IOException failed) {
      throw refusal(failed);
    }
    return new Child(process);
  }

  /// A volume that is not mounted does not keep the others from starting: somebody is told, and it heals.
  private boolean isUp() {
    return Probe.health(port).map(ServiceHealth::isUpButForPlaces).orElse(false);
  }

  /// Of a start that was refused only why, without the words around it.
  private static IOException refusal(IOException failed) {
    String words = String.valueOf(failed.getMessage());
    return words
        .lines()
        .filter(line -> line.contains(RefusedStart.WORDS))
        .findFirst()
        .map(line -> line.substring(line.indexOf(RefusedStart.WORDS)))
        .map(line -> new IOException(line.substring(RefusedStart.WORDS.length()), failed))
        .orElse(failed);
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        jar.toString());
  }

  private record Child(ChildProcess process) implements Running {

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void stop() throws IOException {
      process.close();
    }
  }
}
