package io.sluice.bench.figure;

import io.sluice.bench.http.Body;
import io.sluice.bench.load.Client;
import io.sluice.bench.load.Load;
import io.sluice.bench.load.LoadResult;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.SluiceServer;
import io.sluice.bench.server.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Many uploads that all stay open while chunks of all of them come in turn; then they are aborted. What counts is the
/// memory of Sluice's own process meanwhile.
///
/// @param uploads open at once
/// @param fileBytes of each
/// @param mostBytes that are sent of all of them
record InFlight(SluiceServer sluice, SampleFile sample, int uploads, long fileBytes, long mostBytes)
    implements Side {

  static final long CHUNK_BYTES = 8L << 20;

  private static final int CLIENTS = 8;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public String name() {
    return "%d × %,d MiB".formatted(uploads, fileBytes >> 20);
  }

  @Override
  public Server server() {
    return sluice;
  }

  /// All chunks of all uploads, or as many as may be sent.
  long operations() {
    return Math.min(uploads * Math.ceilDiv(fileBytes, CHUNK_BYTES), mostBytes / CHUNK_BYTES);
  }

  /// In turn: every upload gets its first chunk before any gets its second.
  int chunk(long operation) {
    return (int) (operation / uploads);
  }

  /// The last one is shorter.
  long chunkBytes(int chunk) {
    return Math.min(CHUNK_BYTES, fileBytes - chunk * CHUNK_BYTES);
  }

  @Override
  public Trial measure() throws IOException {
    SluiceUploads requests = new SluiceUploads(sluice);
    Usage before = sluice.usage();
    try (Client client = Client.of(sluice.base());
        MemoryPeak memory = MemoryPeak.watch(sluice)) {
      List<String> ids = new ArrayList<>();
      for (int upload = 0; upload < uploads; upload++) {
        ids.add(requests.begin(client, fileBytes, CHUNK_BYTES, false));
      }
      LoadResult sent = send(requests, ids);
      memory.stop();
      Usage used = sluice.usage().since(before);
      for (String id : ids) {
        client.ask(requests.abort(id), 204);
      }
      Patience.until("the aborted uploads' bytes to go", () -> sluice.filesKept() == 0);
      return new Trial(
          memory.liveHeapBytes() / MEBIBYTE,
          sent.seconds(),
          sent.latency(),
          sent.refusals(),
          new Usage(used.cpuSeconds(), memory.processBytes(), memory.sharedOnce()));
    }
  }

  private LoadResult send(SluiceUploads requests, List<String> ids) throws IOException {
    return new Load(sluice.base(), CLIENTS, operations())
        .run((client, operation) -> {
          int chunk = chunk(operation);
          Body body = new Body.Region(sample.channel(), 0, chunkBytes(chunk));
          String id = ids.get((int) (operation % uploads));
          client.ask(requests.chunk(id, chunk, body), 202);
        });
  }
}
