package io.sluice.embedded.redis;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.FreePort;
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

  private final DirectoryLock lock;
  private final ChildProcess process;
  private final int port;

  private RedisServer(DirectoryLock lock, ChildProcess process, int port) {
    this.lock = lock;
    this.process = process;
    this.port = port;
  }

  /// Starts the server and returns when it answers.
  ///
  /// @param directory all its files; created if missing
  /// @param port to listen on, or 0 for a free one
  /// @throws io.sluice.embedded.process.DirectoryInUseException if a living process runs a server on the directory
  public static RedisServer start(Path directory, int port) throws IOException {
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      int chosen = FreePort.orPick(port);
      ChildProcess process =
          ChildProcess.start(ChildCommand.of("redis", directory.toRealPath(), command(chosen)));
      process.awaitReady(STARTUP, () -> answers(chosen));
      return new RedisServer(lock, process, chosen);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static List<String> command(int port) throws IOException {
    return List.of(
        RedisBinary.unpacked().toString(),
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--daemonize",
        "no",
        "--maxmemory",
        "256mb");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("+PONG".length());
      return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Where clients find it, as `redis://host:port`.
  public String url() {
    return "redis://127.0.0.1:" + port;
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
