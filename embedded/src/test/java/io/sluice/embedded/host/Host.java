package io.sluice.embedded.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A child JVM with one server in or under it.
///
/// @param serverPid the server's process
/// @param address what the server says of itself: JDBC URL, bootstrap servers, endpoint
public record Host(Process jvm, long serverPid, String address) implements AutoCloseable {

  /// Starts it as an installation would: the kernel ends the server with its parent.
  public static Host of(String server, Path directory) throws IOException {
    return start(server, directory, Map.of(), List.of());
  }

  /// Starts it where `setpriv` is missing, so that the server outlives its parent.
  public static Host leavingOrphans(String server, Path directory) throws IOException {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Files.createSymbolicLink(programs.resolve("unshare"), Path.of("/usr/bin/unshare"));
    return start(server, directory, Map.of("PATH", programs.toString()), List.of());
  }

  /// Starts it with another directory for temporary files.
  public static Host withTemporaryDirectory(String server, Path temporary) throws IOException {
    return start(server, temporary, Map.of(), List.of("-Djava.io.tmpdir=" + temporary));
  }

  private static Host start(
      String server, Path directory, Map<String, String> environment, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HostMain.class.getName(), server, directory.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process jvm = builder.start();
    BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith("ready ")) {
      jvm.destroyForcibly();
      throw new IOException("the host of " + server + " said: " + line);
    }
    List<String> words = List.of(line.split(" ", 3));
    return new Host(jvm, Long.parseLong(words.get(1)), words.get(2));
  }

  /// Ends the JVM with `kill -9` and returns when it is gone.
  public void kill() throws InterruptedException {
    jvm.destroyForcibly().waitFor();
  }

  /// Waits until the JVM has ended by itself.
  public int await() throws InterruptedException {
    if (!jvm.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return jvm.exitValue();
  }

  @Override
  public void close() {
    jvm.destroyForcibly();
  }
}
