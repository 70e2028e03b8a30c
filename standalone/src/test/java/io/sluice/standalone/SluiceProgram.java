package io.sluice.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The program as the launcher runs it, in a process of its own, with what it prints in files.
///
/// @param directory for what it prints
/// @param environment what it is told besides its arguments
record SluiceProgram(Path directory, Map<String, String> environment) {

  private static final long LIMIT_MINUTES = 4;

  SluiceProgram(Path directory) {
    this(directory, Map.of());
  }

  /// How a command ended.
  record Ending(int code, String answer, String talk) {}

  Ending run(String... arguments) throws IOException, InterruptedException {
    Path answer = Files.createTempFile(directory, "answer-", ".txt");
    Path talk = Files.createTempFile(directory, "talk-", ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Sluice.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(answer.toFile()).redirectError(talk.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new AssertionError("still running: " + List.of(arguments));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Ending(
        process.exitValue(),
        Files.readString(answer, StandardCharsets.UTF_8).strip(),
        Files.readString(talk, StandardCharsets.UTF_8).strip());
  }
}
