package io.sluice.gateway.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An S3 service that has one object, under every key, and does not always give out what it has.
final class LyingS3 implements AutoCloseable {

  /// What becomes of an answer that holds a byte far into the object.
  enum Lie {
    NONE,
    /// The connection ends before the bytes do.
    ENDS_EARLY,
    /// One bit is another.
    FLIPS,
    /// One bit is another, in one answer.
    FLIPS_ONCE,
    /// The object is shorter than it was.
    TRUNCATED
  }

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final byte[] object;
  private volatile Lie lie = Lie.NONE;

  LyingS3(byte[] object) throws IOException {
    this.object = object;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  Map<String, Object> settings() {
    return Map.of(
        "sluice.storage.backend", "s3",
        "sluice.s3.endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
        "sluice.s3.path-style", true,
        "sluice.s3.bucket", "lies",
        "sluice.s3.access-key", "key",
        "sluice.s3.secret-key", "secret");
  }

  void tell(Lie next) {
    lie = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    if (!range.matches()) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    int from = Integer.parseInt(range.group(1));
    byte[] bytes = Arrays.copyOfRange(object, from, Integer.parseInt(range.group(2)) + 1);
    // Far in, so that the client has had bytes before.
    boolean far = from + bytes.length > object.length / 4 * 3;
    int announced = bytes.length;
    int sent = announced;
    if (far) {
      switch (lie) {
        case NONE -> {}
        case ENDS_EARLY -> sent = announced - 1;
        case FLIPS -> bytes[announced - 2] ^= 1;
        case FLIPS_ONCE -> {
          lie = Lie.NONE;
          bytes[announced - 2] ^= 1;
        }
        case TRUNCATED -> sent = announced = announced - 1;
      }
    }
    try {
      exchange.sendResponseHeaders(206, announced);
      exchange.getResponseBody().write(bytes, 0, sent);
    } catch (IOException gone) {
      // The gateway has had enough.
    }
    // Where less was sent than announced this cuts the connection; closing the stream first would
    // not.
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
