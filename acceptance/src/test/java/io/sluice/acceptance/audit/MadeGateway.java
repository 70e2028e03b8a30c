package io.sluice.acceptance.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Serves the files of a made-up world, well or badly.
final class MadeGateway implements AutoCloseable {

  private static final Pattern PATH = Pattern.compile("/v1/uploads/([0-9a-f-]{36})/download");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final HttpServer server;
  private final Map<UUID, byte[]> files = new HashMap<>();
  private final Set<UUID> cut = new HashSet<>();
  private final Set<UUID> withoutRanges = new HashSet<>();

  MadeGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void clear() {
    files.clear();
    cut.clear();
    withoutRanges.clear();
  }

  void serve(UUID upload, byte[] bytes) {
    files.put(upload, bytes);
  }

  void forget(UUID upload) {
    files.remove(upload);
  }

  void cutShort(UUID upload) {
    cut.add(upload);
  }

  void ignoreOffsets(UUID upload) {
    withoutRanges.add(upload);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      byte[] bytes = path.matches() ? files.get(UUID.fromString(path.group(1))) : null;
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      UUID upload = UUID.fromString(path.group(1));
      String range = exchange.getRequestHeaders().getFirst("Range");
      byte[] body = range == null ? bytes : slice(upload, bytes, range);
      exchange.sendResponseHeaders(range == null ? 200 : 206, body.length == 0 ? -1 : body.length);
      exchange
          .getResponseBody()
          .write(body, 0, cut.contains(upload) ? body.length / 2 : body.length);
    }
  }

  private byte[] slice(UUID upload, byte[] bytes, String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      return bytes;
    }
    int from = Integer.parseInt(matcher.group(1));
    int to = Integer.parseInt(matcher.group(2)) + 1;
    return withoutRanges.contains(upload)
        ? Arrays.copyOfRange(bytes, 0, to - from)
        : Arrays.copyOfRange(bytes, from, to);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
