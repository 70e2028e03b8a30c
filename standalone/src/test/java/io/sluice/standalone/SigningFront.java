package io.sluice.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between a browser, which sends no API key, and an instance: adds the key, and passes every
/// header of the answer on. It also has a page of its own that runs a script, and notes which scripts ran.
final class SigningFront implements AutoCloseable {

  static final String SCRIPT = "fetch('/ran?" + "%s" + "')";

  private static final Set<String> ITS_OWN = Set.of("content-length", "transfer-encoding", "date");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  SigningFront(String base) throws IOException {
    this.base = base;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ran", this::note);
    server.createContext("/page", this::page);
    server.createContext("/v1/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /// The words that scripts reported.
  List<String> ran() {
    return ran;
  }

  /// Which paths of the instance were asked for.
  List<String> asked() {
    return asked;
  }

  private void note(HttpExchange exchange) throws IOException {
    ran.add(exchange.getRequestURI().getQuery());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void page(HttpExchange exchange) throws IOException {
    byte[] page =
        ("<!DOCTYPE html><script>" + SCRIPT.formatted("control") + "</script>")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .header("X-API-Key", FileSender.KEY)
                  .build(),
              BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (!ITS_OWN.contains(name)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
