package io.sluice.bench.figure;

import io.sluice.bench.load.Client;
import io.sluice.bench.load.Latency;
import io.sluice.bench.load.LoadResult;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/// From the acknowledgement of a lone chunk until the status says that it is stored: asked as fast as the status
/// answers, one chunk after the other.
record StoredLatency(SluiceServer sluice, SampleFile sample, int operations) implements Side {

  private static final int CHUNK_BYTES = 64 << 10;
  private static final long HIGHEST_MICROS = 600_000_000L;

  @Override
  public Server server() {
    return sluice;
  }

  @Override
  public Trial measure() throws IOException {
    SluiceUploads uploads = new SluiceUploads(sluice);
    return Trial.ofOperations(
        sluice,
        operations,
        () -> {
          Histogram micros = new Histogram(HIGHEST_MICROS, 3);
          long startNanos = System.nanoTime();
          try (Client client = Client.of(sluice.base())) {
            for (int index = 0; index < operations; index++) {
              micros.recordValue(once(uploads, client));
            }
          }
          double seconds = (System.nanoTime() - startNanos) / 1e9;
          return new LoadResult(operations, seconds, 0, Latency.of(micros));
        });
  }

  private long once(SluiceUploads uploads, Client client) throws IOException {
    String id = uploads.begin(client, CHUNK_BYTES, CHUNK_BYTES, false);
    client.ask(uploads.chunk(id, 0, sample.piece(0, CHUNK_BYTES)), 202);
    long acknowledgedNanos = System.nanoTime();
    while (Json.read(client.ask(uploads.status(id), 200)).path("stored_chunks").asInt() == 0) {
      // Ask again.
    }
    return (System.nanoTime() - acknowledgedNanos) / 1000;
  }
}
