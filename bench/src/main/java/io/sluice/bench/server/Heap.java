package io.sluice.bench.server;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Connection;
import io.sluice.bench.http.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The heap of a Java process, as its metrics tell it.
///
/// @param pid the process
/// @param base where its `/metrics` are
public record Heap(long pid, URI base) {

  private static final String METRICS = "/metrics?includedNames=jvm_memory_used_bytes";
  private static final String USED = "jvm_memory_used_bytes{";
  private static final String OF_THE_HEAP = "area=\"heap\"";

  /// What is in use now, garbage included.
  public long usedBytes() throws IOException {
    try (Connection connection = new Connection(base)) {
      Answer answer =
          connection.exchange(Request.of("GET", METRICS, List.of("Accept: text/plain")));
      if (answer.status() != 200) {
        throw new IOException("/metrics answers " + answer.status());
      }
      return usedBytes(answer.text());
    }
  }

  /// @param metrics as Prometheus reads them: a line for each pool of the heap
  static long usedBytes(String metrics) throws IOException {
    List<String> pools =
        metrics
            .lines()
            .filter(line -> line.startsWith(USED) && line.contains(OF_THE_HEAP))
            .toList();
    if (pools.isEmpty()) {
      throw new IOException("no " + USED + OF_THE_HEAP + "} in the metrics");
    }
    return pools.stream()
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// What is in use when all garbage is gone.
  public long liveBytes() throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process collection =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(collection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (collection.waitFor() != 0) {
        throw new IOException("jcmd GC.run: " + said);
      }
      return usedBytes();
    } catch (InterruptedException interrupted) {
      collection.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
