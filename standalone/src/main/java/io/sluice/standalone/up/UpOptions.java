package io.sluice.standalone.up;

import io.sluice.standalone.instance.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/// What `up` is told.
final class UpOptions {

  /// Where the objects are.
  enum Storage {
    LOCAL,
    S3;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// So many share the embedded database's connections well.
  private static final int MOST_WORKERS = 32;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the API on 127.0.0.1; 0 picks a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where everything is kept, found again at the next start (default: ./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--storage",
      paramLabel = "local|s3",
      defaultValue = "local",
      description = "A directory, or a real S3 server beside it (default: ${DEFAULT-VALUE}).")
  private Storage storage = Storage.LOCAL;

  @Option(
      names = "--separate",
      description = "Run gateway, workers and reaper as processes of their own.")
  private boolean separate;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Worker processes, with --separate (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--detach",
      description = "Run in the background: return when ready and print the base URL.")
  private boolean detach;

  /// Everything else as it is by default.
  static UpOptions of(int port, Path data) {
    UpOptions options = new UpOptions();
    options.port = port;
    options.data = data;
    return options;
  }

  int port() {
    return port;
  }

  DataDirectory directory() {
    return new DataDirectory(data);
  }

  Storage storage() {
    return storage;
  }

  boolean separate() {
    return separate;
  }

  int workers() {
    return workers;
  }

  boolean detach() {
    return detach;
  }

  /// Refuses what makes no sense, by the name that was typed.
  void check() throws UpException {
    if (port < 0 || port > 65_535) {
      throw new UpException("--port must be between 0 and 65535, not " + port);
    }
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new UpException("--workers must be between 1 and " + MOST_WORKERS + ", not " + workers);
    }
    if (workers > 1 && !separate) {
      throw new UpException("--workers needs --separate: without it there is one worker inside");
    }
  }

  /// The same options for the process that stays.
  List<String> withoutDetach() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--port", Integer.toString(port),
                "--data", directory().root().toString(),
                "--storage", storage.word()));
    if (separate) {
      arguments.addAll(List.of("--separate", "--workers", Integer.toString(workers)));
    }
    return arguments;
  }
}
