package io.sluice.bench.figure;

import io.sluice.bench.load.Latency;
import io.sluice.bench.load.LoadResult;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Usage;
import java.io.IOException;

/// One measurement.
///
/// @param amount units of work done, such as MiB or files
/// @param seconds they took
/// @param latency of each operation
/// @param refusals how often a client was told to wait
/// @param usage of the server's processes meanwhile
public record Trial(double amount, double seconds, Latency latency, long refusals, Usage usage) {

  private static final double MIB = 1 << 20;

  /// Work on a server.
  interface Timed {
    LoadResult run() throws IOException;
  }

  /// Times work that moves bytes.
  static Trial ofBytes(Server server, long bytes, Timed work) throws IOException {
    return of(server, bytes / MIB, work);
  }

  /// Times work that is counted by its operations.
  static Trial ofOperations(Server server, long operations, Timed work) throws IOException {
    return of(server, (double) operations, work);
  }

  private static Trial of(Server server, double amount, Timed work) throws IOException {
    Usage before = server.usage();
    long startNanos = System.nanoTime();
    LoadResult result = work.run();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Trial(
        amount, seconds, result.latency(), result.refusals(), server.usage().since(before));
  }

  /// Units a second.
  public double rate() {
    return amount / seconds;
  }

  /// CPU seconds for 1,024 units: for each GiB, or for each 1,024 operations.
  public double cpuSecondsForKilo() {
    return usage.cpuSeconds() * 1024 / amount;
  }
}
