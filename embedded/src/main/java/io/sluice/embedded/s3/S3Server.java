package io.sluice.embedded.s3;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.FreePort;
import io.sluice.embedded.process.Listening;
import io.sluice.embedded.process.SecretFile;
import io.sluice.embedded.process.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An S3 server (S3Proxy on a directory) on 127.0.0.1, as a child process. It checks signatures of versions 2 and 4.
///
/// Clients use path-style addresses and any region. A checksum sent as a header is checked, kept and told by HEAD; one
/// sent after the body, as the AWS SDK does by itself, is not kept, and the listing of parts tells none. What was acknowledged survives the end of its process, however it
/// ends; it does not fsync, so not a power failure.
public final class S3Server implements AutoCloseable {

  /// The bucket that is always there.
  public static final String BUCKET = "sluice";

  private static final String ACCESS_KEY = "sluice";
  private static final Duration STARTUP = Duration.ofSeconds(60);
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final DirectoryLock lock;
  private final ChildProcess process;
  private final int port;
  private final String secretKey;

  private S3Server(DirectoryLock lock, ChildProcess process, int port, String secretKey) {
    this.lock = lock;
    this.process = process;
    this.port = port;
    this.secretKey = secretKey;
  }

  /// Starts the server from the jar that [S3Jar] finds and returns when it serves.
  ///
  /// @param directory all its files; created if missing
  /// @param port to listen on, or 0 for a free one
  /// @throws io.sluice.embedded.process.DirectoryInUseException if a living process runs a server on the directory
  public static S3Server start(Path directory, int port) throws IOException {
    return start(directory, port, S3Jar.find());
  }

  /// Starts the server from a given jar.
  public static S3Server start(Path directory, int port, Path jar) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      Path home = directory.toRealPath();
      String secretKey = new SecretFile(home.resolve("secret-key")).get();
      int chosen = FreePort.orPick(port);
      ChildProcess process =
          ChildProcess.start(
              new ChildCommand(
                  "s3",
                  home,
                  command(home, chosen, jar),
                  Map.of("SLUICE_S3_SECRET_KEY", secretKey),
                  StopSignal.TERM,
                  SHUTDOWN));
      process.awaitReady(STARTUP, () -> Listening.on(chosen));
      return new S3Server(lock, process, chosen, secretKey);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static List<String> command(Path home, int port, Path jar) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-jar",
        jar.toString(),
        "--data",
        buckets(home).toString(),
        "--port",
        Integer.toString(port),
        "--bucket",
        BUCKET,
        "--access-key",
        ACCESS_KEY);
  }

  /// The files of all buckets and of the uploads of parts under way, below the directory of a server. Each gets its name
  /// when it is whole, and is not changed after that.
  public static Path buckets(Path directory) {
    return directory.resolve("buckets");
  }

  /// The address of the server, without bucket.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The only user.
  public String accessKey() {
    return ACCESS_KEY;
  }

  /// The user's key, made up with the directory.
  public String secretKey() {
    return secretKey;
  }

  /// The port it listens on.
  public int port() {
    return port;
  }

  /// The number of its process.
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    try {
      process.close();
    } finally {
      lock.close();
    }
  }
}
