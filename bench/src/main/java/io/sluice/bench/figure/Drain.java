package io.sluice.bench.figure;

import io.sluice.bench.http.Body;
import io.sluice.bench.load.Latency;
import io.sluice.bench.load.Load;
import io.sluice.bench.load.LoadResult;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Fleet;
import io.sluice.bench.server.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A deep queue of chunks, worked off by so many workers. It is made while the store lets no PUT through; the time is
/// from when it does until the last chunk is STORED.
///
/// What is measured is to be the store's latency, on few processors. So a chunk has few bytes; but it is the last of two
/// parts, as the parts of larger files go one by one, where those of small files go many to a batch. The uploads stay
/// open: to abort so many, an S3 server that lists all of them for each would take longer than all the rest.
///
/// @param slots of each worker
/// @param jobsPerWorker how deep the queue is
record Drain(Fleet fleet, int workers, int slots, int jobsPerWorker, SampleFile sample)
    implements Side {

  private static final int CLIENTS = 8;
  private static final int FIRST_CHUNK_BYTES = 5 << 20;
  private static final int CHUNK_BYTES = 64 << 10;

  @Override
  public String name() {
    return "%d × %d slot%s".formatted(workers, slots, slots == 1 ? "" : "s");
  }

  @Override
  public int members() {
    return workers;
  }

  @Override
  public Server server() {
    return fleet;
  }

  @Override
  public Trial measure() throws IOException {
    fleet.resize(workers);
    try (Connection connection = fleet.sluice().database()) {
      ChunkCounts counts = new ChunkCounts(connection);
      long operations = (long) workers * jobsPerWorker;
      fleet.store().hold();
      List<String> ids;
      try {
        ids = fill(operations);
      } finally {
        fleet.store().release();
      }
      Trial trial = Trial.ofOperations(fleet, operations, () -> untilStored(counts, operations));
      if (counts.stored(ids) != operations) {
        throw new IOException("not all chunks are stored");
      }
      return trial;
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  private List<String> fill(long operations) throws IOException {
    SluiceUploads uploads = new SluiceUploads(fleet.sluice());
    Body chunk = sample.piece(0, CHUNK_BYTES);
    ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
    new Load(fleet.base(), CLIENTS, operations)
        .run((client, _) -> {
          String id =
              uploads.begin(client, FIRST_CHUNK_BYTES + CHUNK_BYTES, FIRST_CHUNK_BYTES, false);
          client.ask(uploads.chunk(id, 1, chunk), 202);
          ids.add(id);
        });
    return List.copyOf(ids);
  }

  private static LoadResult untilStored(ChunkCounts counts, long operations) throws IOException {
    long startNanos = System.nanoTime();
    Patience.until("the queue to be worked off", () -> counts.staged() == 0);
    return new LoadResult(operations, (System.nanoTime() - startNanos) / 1e9, 0, Latency.NONE);
  }
}
