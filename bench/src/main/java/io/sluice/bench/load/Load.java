package io.sluice.bench.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// A number of operations shared among clients that work at once; each takes the next when it is done with one.
///
/// @param base where the server is
/// @param clients at once, each with a connection of its own
/// @param operations in all
public record Load(URI base, int clients, long operations) {

  private static final long HIGHEST_MICROS = 600_000_000L;

  /// One operation.
  public interface Work {
    /// Does it.
    ///
    /// @param index from 0 to the number of operations
    void perform(Client client, long index) throws IOException;
  }

  /// Performs all operations.
  ///
  /// @throws IOException a failure; all other clients stop at their next operation
  public LoadResult run(Work work) throws IOException {
    AtomicLong next = new AtomicLong();
    LongAdder refusals = new LongAdder();
    Histogram latencies = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    long startNanos = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        running.add(
            threads.submit(() -> {
              drive(work, next, refusals, latencies);
              return null;
            }));
      }
      for (Future<?> each : running) {
        await(each, next);
      }
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new LoadResult(operations, seconds, refusals.sum(), Latency.of(latencies));
  }

  private void drive(Work work, AtomicLong next, LongAdder refusals, Histogram latencies)
      throws IOException {
    boolean done = false;
    try (Client client = new Client(base, refusals)) {
      for (long index = next.getAndIncrement();
          index < operations;
          index = next.getAndIncrement()) {
        long startNanos = System.nanoTime();
        work.perform(client, index);
        long micros = (System.nanoTime() - startNanos) / 1000;
        latencies.recordValue(Math.min(micros, HIGHEST_MICROS));
      }
      done = true;
    } finally {
      if (!done) {
        // Here and not where the clients are waited for, one after the other: the first may have
        // long to go.
        next.set(operations);
      }
    }
  }

  private void await(Future<?> client, AtomicLong next) throws IOException {
    try {
      client.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException interrupted) {
      next.set(operations);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
