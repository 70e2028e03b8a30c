package io.sluice.bench.figure;

import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;

/// The small work that any Sluice can be given.
record SluiceSides(SluiceServer sluice, SampleFile sample) {

  private static final int SMALL_BYTES = 1 << 10;
  private static final int CLIENTS = 32;
  private static final int INITS = 8000;
  private static final int LONE_CHUNKS = 200;

  Side smallFiles(long files) throws IOException {
    return new SmallFiles(
        sluice,
        CLIENTS,
        files,
        new SmallSluice.File(sluice, sample.piece(0, SMALL_BYTES), sample.crc32c(0, SMALL_BYTES)));
  }

  Side init() {
    return new SmallFiles(sluice, CLIENTS, INITS, new SmallSluice.Init(sluice));
  }

  Side storedLatency() {
    return new StoredLatency(sluice, sample, LONE_CHUNKS);
  }
}
