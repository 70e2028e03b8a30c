package io.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

  private static final int SIZE_BYTES = 4000;
  private static final int PIECE_BYTES = 1000;

  @TempDir private Path directory;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private SampleFile sample;
  private HttpServer server;
  private boolean lying;

  @BeforeEach
  void serve() throws IOException {
    sample = SampleFile.create(directory.resolve("sample"), SIZE_BYTES);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/sample", this::answer);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    sample.close();
  }

  @Test
  void everyRangeIsAskedForAndCompared() throws IOException {
    Trial trial = downloads(Pieces.of(sample, PIECE_BYTES)).measure();

    assertThat(asked)
        .containsExactlyInAnyOrder(
            "bytes=0-999", "bytes=1000-1999", "bytes=2000-2999", "bytes=3000-3999");
    assertThat(trial.amount()).isEqualTo(8.0 * PIECE_BYTES / (1 << 20));
  }

  @Test
  void theWholeIsAskedForWithoutARange() throws IOException {
    Trial trial = downloads(Pieces.whole(sample)).measure();

    assertThat(asked).containsExactly("");
    assertThat(trial.amount()).isEqualTo(8.0 * SIZE_BYTES / (1 << 20));
  }

  @Test
  void otherBytesAreNoResult() throws IOException {
    lying = true;

    for (Pieces pieces : List.of(Pieces.whole(sample), Pieces.of(sample, PIECE_BYTES))) {
      assertThatThrownBy(() -> downloads(pieces).measure())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("wrong bytes");
    }
  }

  private Downloads downloads(Pieces pieces) {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Downloads(
        new Idle(base), headers -> Request.of("GET", "/sample", List.of(headers)), pieces, 2, 8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range == null ? "" : range);
    int start = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=|-.*", ""));
    byte[] bytes = sample.bytes(start, range == null ? SIZE_BYTES : PIECE_BYTES);
    bytes[7] ^= (byte) (lying ? 1 : 0);
    try (exchange) {
      exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// Uses nothing.
  private record Idle(URI base) implements Server {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Usage usage() {
      return new Usage(0, 0, true);
    }

    @Override
    public void close() {
      // It is the test's.
    }
  }
}
