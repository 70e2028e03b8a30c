package io.sluice.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// The uploads API for one upload, in memory, with the faults a test asks for.
final class UploadServer implements AutoCloseable {

  private static final int CHUNK_SIZE_BYTES = 1 << 16;

  final Map<Integer, byte[]> chunks = new ConcurrentSkipListMap<>();
  final Map<Integer, AtomicInteger> acknowledgements = new ConcurrentHashMap<>();
  final AtomicInteger refusalsLeft = new AtomicInteger();
  final AtomicInteger missingQuestions = new AtomicInteger();
  volatile boolean damagesDownloads;
  volatile String status = "INITIATED";

  private final HttpServer http;
  private volatile long fileSize;

  UploadServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/health", exchange -> json(exchange, 200, "{\"status\":\"ok\"}"));
    http.createContext("/v1/uploads/", this::uploads);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void uploads(HttpExchange exchange) throws IOException {
    if (!"dev-key".equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
      json(exchange, 401, "{\"error_code\":\"unauthenticated\",\"detail\":\"no valid API key\"}");
      return;
    }
    String path = exchange.getRequestURI().getPath().substring("/v1/uploads/".length());
    switch (path.startsWith("u1/chunks/") ? "chunk" : path) {
      case "init" -> init(exchange);
      case "chunk" -> chunk(exchange, Integer.parseInt(path.substring("u1/chunks/".length())));
      case "u1/missing-chunks" -> missing(exchange);
      case "u1/complete" -> complete(exchange);
      case "u1" -> {
        status = "COMPLETED";
        json(exchange, 200, "{\"status\":\"COMPLETED\"}");
      }
      case "u1/download" -> download(exchange);
      default -> json(exchange, 404, "{\"error_code\":\"not_found\"}");
    }
  }

  private void init(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    fileSize = Long.parseLong(body.replaceAll(".*\"file_size\":(\\d+).*", "$1"));
    json(
        exchange,
        201,
        "{\"upload_id\":\"u1\",\"chunk_size\":%d,\"total_chunks\":%d,\"expires_at\":\"x\"}"
            .formatted(CHUNK_SIZE_BYTES, total()));
  }

  int total() {
    return (int) Math.ceilDiv(fileSize, CHUNK_SIZE_BYTES);
  }

  private void chunk(HttpExchange exchange, int index) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (refusalsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      json(exchange, 429, "{\"error_code\":\"throttled\"}");
      return;
    }
    chunks.put(index, bytes);
    acknowledgements.computeIfAbsent(index, none -> new AtomicInteger()).incrementAndGet();
    json(exchange, 202, "{\"status\":\"STAGED\"}");
  }

  private void missing(HttpExchange exchange) throws IOException {
    missingQuestions.incrementAndGet();
    int from = Integer.parseInt(exchange.getRequestURI().getQuery().substring("from=".length()));
    List<Integer> all =
        IntStream.range(from, total()).filter(index -> !chunks.containsKey(index)).boxed().toList();
    // Pages of three, so that a client that reads only the first is found out.
    List<Integer> page = all.subList(0, Math.min(3, all.size()));
    Integer next = all.size() > page.size() ? Integer.valueOf(page.getLast() + 1) : null;
    json(
        exchange,
        200,
        "{\"missing_chunk_indexes\":%s,\"missing_count\":%d,\"next_from\":%s}"
            .formatted(page, all.size(), next));
  }

  /// Past the wait: the client has to look again.
  private void complete(HttpExchange exchange) throws IOException {
    if (chunks.size() < total()) {
      json(exchange, 409, "{\"error_code\":\"missing_chunks\",\"detail\":\"not all are there\"}");
      return;
    }
    status = "COMPLETING";
    json(exchange, 202, "{\"status\":\"COMPLETING\"}");
  }

  private void download(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, fileSize == 0 ? -1 : fileSize);
    try (OutputStream out = exchange.getResponseBody()) {
      for (byte[] chunk : chunks.values()) {
        byte[] sent = chunk.clone();
        if (damagesDownloads) {
          sent[0]++;
        }
        out.write(sent);
      }
    }
  }

  private static void json(HttpExchange exchange, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
