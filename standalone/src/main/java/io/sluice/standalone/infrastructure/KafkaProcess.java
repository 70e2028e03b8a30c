package io.sluice.standalone.infrastructure;

import io.sluice.embedded.kafka.KafkaMain;
import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.Listening;
import io.sluice.embedded.process.StopSignal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.supervision.Running;
import io.sluice.standalone.supervision.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Kafka as a process of its own, on this process's class path.
///
/// @param directory of the instance
/// @param port for its clients
record KafkaProcess(DataDirectory directory, int port) implements Start {

  private static final Duration STARTUP = Duration.ofSeconds(60);
  private static final Duration SHUTDOWN = Duration.ofSeconds(20);

  @Override
  public Running start() throws IOException {
    ChildProcess process =
        ChildProcess.start(
            new ChildCommand(
                "kafka",
                directory.run(),
                directory.logs(),
                command(),
                Map.of(),
                StopSignal.TERM,
                SHUTDOWN));
    process.awaitReady(STARTUP, () -> Listening.on(port));
    return new ChildServer(process.pid(), process::close);
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        System.getProperty("java.class.path"),
        KafkaMain.class.getName(),
        "--data",
        directory.kafka().toString(),
        "--port",
        Integer.toString(port));
  }
}
