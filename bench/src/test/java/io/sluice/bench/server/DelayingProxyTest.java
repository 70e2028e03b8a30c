package io.sluice.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Connection;
import io.sluice.bench.http.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayingProxyTest {

  private static final Duration DELAY = Duration.ofMillis(300);

  private final Map<String, LongAdder> receivedBytes = new ConcurrentHashMap<>();
  private HttpServer server;
  private DelayingProxy proxy;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            receivedBytes
                .computeIfAbsent(exchange.getRequestMethod(), _ -> new LongAdder())
                .add(exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
          }
        });
    server.start();
    proxy =
        DelayingProxy.start(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), DELAY);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  /// Both on one connection, several times: each answer is told apart from the one before.
  @Test
  void putsTakeLongerAndNothingElseDoes() throws IOException {
    try (Connection connection = new Connection(proxy.address())) {
      for (int round = 0; round < 3; round++) {
        assertThat(nanosOf(connection, "PUT", 200_000)).isGreaterThanOrEqualTo(DELAY.toNanos());
        // By far less than the delay even on a busy machine: the best of some.
        assertThat(
                IntStream.range(0, 5)
                    .mapToLong(_ -> nanosOf(connection, "POST", 200_000))
                    .min()
                    .orElseThrow())
            .isLessThan(DELAY.toNanos());
      }
    }
    assertThat(received("PUT")).isEqualTo(3 * 200_000);
    assertThat(received("POST")).isEqualTo(15 * 200_000);
  }

  @Test
  void manyPutsAreDelayedAtTheSameTime() throws Exception {
    int clients = 40;
    long startNanos = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> all =
          IntStream.range(0, clients).mapToObj(_ -> threads.submit(this::putAlone)).toList();
      for (Future<Long> each : all) {
        assertThat(each.get()).isGreaterThanOrEqualTo(DELAY.toNanos());
      }
    }
    assertThat(System.nanoTime() - startNanos).isLessThan(clients * DELAY.toNanos() / 2);
  }

  @Test
  void whileItHoldsNoPutReachesTheServer() throws Exception {
    proxy.hold();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = new Connection(proxy.address())) {
      Future<Long> held = threads.submit(this::putAlone);
      nanosOf(other, "POST", 10);
      assertThat(held.isDone()).isFalse();
      assertThat(receivedBytes).containsOnlyKeys("POST");

      proxy.release();
      await().atMost(Duration.ofSeconds(30)).until(held::isDone);
      assertThat(received("PUT")).isEqualTo(10);
    }
  }

  private long received(String method) {
    return receivedBytes.computeIfAbsent(method, _ -> new LongAdder()).sum();
  }

  private long putAlone() throws IOException {
    try (Connection connection = new Connection(proxy.address())) {
      return nanosOf(connection, "PUT", 10);
    }
  }

  private static long nanosOf(Connection connection, String method, int bytes) {
    long startNanos = System.nanoTime();
    try {
      Answer answer =
          connection.exchange(
              new Request(method, "/object", List.of(), new Body.Bytes(new byte[bytes])));
      assertThat(answer.text()).isEqualTo("ok");
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
    return System.nanoTime() - startNanos;
  }
}
