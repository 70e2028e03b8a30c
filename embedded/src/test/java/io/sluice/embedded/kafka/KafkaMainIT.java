package io.sluice.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka as a process of its own.
class KafkaMainIT {

  private static final int ENDED_BY_TERM = 128 + 15;

  @TempDir private Path directory;

  @Test
  void itServesUntilItIsToldToEndAndLeavesInOrder() throws Exception {
    Process process = start("--data", directory.toString());
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      Topics topics = new Topics(addressIn(output));
      topics.create("kept");
      topics.produce("kept", 0, 10);
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_TERM);
      assertThat(directory.resolve("log/.kafka_cleanshutdown")).exists();
    } finally {
      process.destroyForcibly();
    }
    try (KafkaServer server = KafkaServer.start(directory, 0)) {
      assertThat(new Topics(server.bootstrapServers()).readAll("kept")).hasSize(10);
    }
  }

  @Test
  void anUnknownOptionIsRefusedWithTheUsage() throws Exception {
    Process process = start("--data", directory.toString(), "--prot", "9092");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("--prot")
        .contains("usage:");
    assertThat(directory).isEmptyDirectory();
  }

  private static String addressIn(BufferedReader output) throws IOException {
    String line = output.readLine();
    assertThat(line).startsWith("serving ");
    return line.substring("serving ".length());
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
