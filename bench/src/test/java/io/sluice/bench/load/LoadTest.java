package io.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sluice.bench.http.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LoadTest {

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          int time =
              asked
                  .computeIfAbsent(exchange.getRequestURI().getPath(), _ -> new AtomicInteger())
                  .incrementAndGet();
          boolean busy = exchange.getRequestURI().getPath().equals("/3") && time == 1;
          boolean wrong = exchange.getRequestURI().getPath().equals("/wrong/7");
          exchange.getResponseHeaders().set("Retry-After", "0");
          exchange.sendResponseHeaders(busy ? 429 : wrong ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyOperationIsDoneOnceAndWaitsAreCounted() throws IOException {
    LoadResult result =
        new Load(base(), 4, 40).run((client, index) -> client.ask(get("/" + index), 200));

    assertThat(result.operations()).isEqualTo(40);
    assertThat(result.refusals()).isOne();
    assertThat(asked).hasSize(40);
    assertThat(asked.get("/3")).hasValue(2);
    assertThat(asked.get("/4")).hasValue(1);
    assertThat(result.latency().p50()).isPositive().isLessThanOrEqualTo(result.latency().max());
  }

  /// Whichever client it was: when it was not the first, the others used to go on to the end.
  @RepeatedTest(5)
  void anAnswerThatIsNotExpectedEndsIt() {
    assertThatThrownBy(() ->
            new Load(base(), 2, 1_000_000)
                .run((client, index) -> client.ask(get("/wrong/" + index), 200)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("GET /wrong/7: 500");
    assertThat(asked.size()).isLessThan(1_000_000);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static Request get(String path) {
    return Request.of("GET", path, List.of());
  }
}
