package io.sluice.bench.server;

import io.sluice.bench.http.Request;
import io.sluice.embedded.process.PidFile;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Sluice as `./sluice up` runs it, with its PostgreSQL, Kafka and Redis, on a data directory of its own.
public final class SluiceServer implements Server {

  private static final String KEY = "X-API-Key: dev-key";

  private final String name;
  private final Path launcher;
  private final Path data;
  private final URI base;
  private final long pid;

  private SluiceServer(String name, Path launcher, Path data, URI base, long pid) {
    this.name = name;
    this.launcher = launcher;
    this.data = data;
    this.base = base;
    this.pid = pid;
  }

  /// Starts one and returns when it is ready.
  ///
  /// @param launcher the script
  /// @param data its directory
  /// @param options of `up`, besides port and data
  /// @param environment what it is told besides
  public static SluiceServer start(
      String name, Path launcher, Path data, List<String> options, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(data);
    List<String> command =
        new ArrayList<>(
            List.of(
                launcher.toString(), "up", "--detach", "--port", "0", "--data", data.toString()));
    command.addAll(options);
    ProcessBuilder up = new ProcessBuilder(command);
    up.environment().putAll(environment);
    URI base;
    try {
      base = URI.create(output(up, data.resolve("up.log")).strip());
    } catch (IOException failed) {
      // It may have started some of its processes.
      down(launcher, data);
      throw failed;
    }
    long pid =
        new PidFile(data.resolve("run/sluice.pid"))
            .running()
            .map(ProcessIdentity::pid)
            .orElseThrow(() -> new IOException("Sluice ended as soon as it was started"));
    return new SluiceServer(name, launcher, data, base, pid);
  }

  private static String output(ProcessBuilder command, Path log) throws IOException {
    Process process = command.redirectError(log.toFile()).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command.command() + ": " + Files.readString(log));
      }
      return output;
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /// A request with the key.
  public Request request(String method, String path, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(KEY);
    return Request.of(method, path, all);
  }

  /// How many files lie in staging and in the local store.
  public long filesKept() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("storage"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (UncheckedIOException changedMeanwhile) {
      return Long.MAX_VALUE;
    }
  }

  /// A connection to its database, which is the caller's to close.
  public Connection database() throws IOException, SQLException {
    return EmbeddedDatabase.connect(data.resolve("postgres"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public URI base() {
    return base;
  }

  @Override
  public Usage usage() {
    return new ProcessTree(pid).usage();
  }

  /// What its first process alone has used and holds: where it is combined, that is all services, and Kafka.
  public Usage ownUsage() {
    return new ProcessTree(pid).ownUsage();
  }

  /// The heap of that process.
  public Heap heap() {
    return new Heap(pid, base);
  }

  @Override
  public void close() throws IOException {
    down(launcher, data);
  }

  private static void down(Path launcher, Path data) throws IOException {
    output(
        new ProcessBuilder(launcher.toString(), "down", "--data", data.toString()),
        data.resolve("down.log"));
  }
}
