package io.sluice.standalone.instance;

import io.sluice.embedded.process.PidFile;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Where everything of one Sluice is kept.
///
/// @param root the `--data` directory, absolute
public record DataDirectory(Path root) {

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /// PostgreSQL's files.
  public Path postgres() {
    return root.resolve("postgres");
  }

  /// Kafka's files.
  public Path kafka() {
    return root.resolve("kafka");
  }

  /// Redis's files.
  public Path redis() {
    return root.resolve("redis");
  }

  /// The S3 server's files.
  public Path s3() {
    return root.resolve("s3");
  }

  /// Staging, and the objects of the local store.
  public Path storage() {
    return root.resolve("storage");
  }

  /// What the services say.
  public Path logs() {
    return root.resolve("logs");
  }

  /// Who runs here: the lock, the processes, the state.
  public Path run() {
    return root.resolve("run");
  }

  /// The process that `up` is.
  public PidFile mainPid() {
    return new PidFile(run().resolve("sluice.pid"));
  }

  /// The process that `up` is, if it runs now.
  public Optional<ProcessIdentity> running() throws IOException {
    return mainPid().running();
  }

  /// What runs here, as [InstanceState] writes it.
  Path state() {
    return run().resolve("state.json");
  }
}
