package io.sluice.embedded.redis;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.FreePort;
import io.sluice.embedded.process.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Redis server on 127.0.0.1, as a child process. What it holds may be lost: nothing in Sluice trusts it.
public final class RedisServer implements AutoCloseable {

  private static final Duration STARTUP = Duration.ofSeconds(30);
  private static final int ANSWER_MILLIS = 500;
  private static final String WELCOME = "+OK\r\n";

  private final DirectoryLock lock;
  private final ChildProcess process;
  private final int port;
  private final String password;

  private RedisServer(DirectoryLock lock, ChildProcess process, int port, String password) {
    this.lock = lock;
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /// Starts the server and returns when it answers.
  ///
  /// @param directory all its files; created if missing
  /// @param port to listen on, or 0 for a free one
  /// @throws io.sluice.embedded.process.DirectoryInUseException if a living process runs a server on the directory
  public static RedisServer start(Path directory, int port) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      Path home = directory.toRealPath();
      String password = new SecretFile(home.resolve("password")).get();
      int chosen = FreePort.orPick(port);
      Path settings = RedisSettings.write(home, chosen, password);
      List<String> command = List.of(RedisBinary.unpacked().toString(), settings.toString());
      ChildProcess process = ChildProcess.start(ChildCommand.of("redis", home, command));
      process.awaitReady(STARTUP, () -> answers(chosen, password));
      return new RedisServer(lock, process, chosen, password);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static boolean answers(int port, String password) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      String hello = "AUTH " + password + "\r\n";
      socket.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(WELCOME.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(WELCOME);
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Where clients find it, as `redis://:password@host:port`.
  public String url() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /// What clients log in with, made up with the directory.
  public String password() {
    return password;
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
