package io.sluice.embedded.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What to run as a child, and how to end it.
///
/// @param name names its files: `NAME.log` takes what it prints, `NAME.pid` says which process it is
/// @param directory where its pid file is, and the child's working directory
/// @param logDirectory where its log is
/// @param command program and arguments
/// @param environment added to this process's own
/// @param stopSignal how it is asked to end
/// @param grace how long it may take to end when asked
public record ChildCommand(
    String name,
    Path directory,
    Path logDirectory,
    List<String> command,
    Map<String, String> environment,
    StopSignal stopSignal,
    Duration grace) {

  public ChildCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    directory = directory.toAbsolutePath().normalize();
    logDirectory = logDirectory.toAbsolutePath().normalize();
  }

  /// A command with all its files in one directory.
  public ChildCommand(
      String name,
      Path directory,
      List<String> command,
      Map<String, String> environment,
      StopSignal stopSignal,
      Duration grace) {
    this(name, directory, directory, command, environment, stopSignal, grace);
  }

  /// A command that ends on TERM within 10 seconds.
  public static ChildCommand of(String name, Path directory, List<String> command) {
    return new ChildCommand(
        name, directory, command, Map.of(), StopSignal.TERM, Duration.ofSeconds(10));
  }

  /// The file with the child's output.
  public Path logFile() {
    return logDirectory.resolve(name + ".log");
  }

  PidFile pidFile() {
    return new PidFile(directory.resolve(name + ".pid"));
  }
}
