package io.sluice.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server that answers what the test says and remembers what it was asked: for what a real one does
/// only on bad days.
final class ScriptedS3 implements AutoCloseable {

  /// What was asked.
  record Asked(String method, URI uri, Map<String, List<String>> headers, ByteBuffer content) {
    byte[] body() {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return bytes;
    }

    @Nullable String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }
  }

  /// What is answered; a body shorter than `announcedBytes` is followed by a cut.
  record Answer(int status, Map<String, String> headers, String body, long announcedBytes) {
    static Answer of(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/xml"), body, -1);
    }

    static Answer error(int status, String code) {
      return of(status, "<Error><Code>" + code + "</Code><Message>scripted</Message></Error>");
    }

    static Answer ok(Map<String, String> headers) {
      return new Answer(200, headers, "", -1);
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  ScriptedS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  void willAnswer(Answer... next) {
    synchronized (answers) {
      answers.addAll(List.of(next));
    }
  }

  List<Asked> asked() {
    return asked;
  }

  S3Connection connect(S3Endpoint.Checksums checksums) {
    return S3Connection.open(
        new S3Endpoint(
            "us-east-1",
            Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            true,
            Optional.of(new S3Endpoint.Credentials("key", "secret")),
            checksums,
            5));
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            ByteBuffer.wrap(body)));
    Answer answer;
    synchronized (answers) {
      answer = answers.isEmpty() ? Answer.error(500, "NotScripted") : answers.removeFirst();
    }
    if (!"text/html".equals(answer.headers().get("Content-Type"))) {
      exchange.getResponseHeaders().set("x-amz-request-id", "scripted");
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean bodyless = exchange.getRequestMethod().equals("HEAD") || content.length == 0;
    long announced = answer.announcedBytes() >= 0 ? answer.announcedBytes() : content.length;
    exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : announced);
    if (!bodyless) {
      try {
        exchange.getResponseBody().write(content);
        exchange.getResponseBody().flush();
      } catch (IOException gone) {
        return;
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
