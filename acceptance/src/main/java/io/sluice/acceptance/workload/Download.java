package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.UUID;

/// Downloads a file and writes down what a clean end gave. A cut is no fault: the client knows of it.
final class Download {

  private static final int RANGES = 2;

  private final Caller caller;
  private final FileBytes bytes;
  private final UUID id;

  Download(Caller caller, FileBytes bytes, UUID id) {
    this.caller = caller;
    this.bytes = bytes;
    this.id = id;
  }

  /// The whole file.
  void whole() throws InterruptedException {
    read(0, bytes.sizeBytes(), false);
  }

  /// Some ranges of it.
  void ranges(Random random) throws InterruptedException {
    for (int range = 0; range < RANGES && bytes.sizeBytes() > 0; range++) {
      long offset = random.nextLong(bytes.sizeBytes());
      long length = 1 + random.nextLong(bytes.sizeBytes() - offset);
      read(offset, length, true);
    }
  }

  private void read(long offset, long length, boolean asRange) throws InterruptedException {
    HttpRequest.Builder request =
        caller.gateways().request(new Random(offset), "/v1/uploads/" + id + "/download");
    if (asRange) {
      request.header("Range", "bytes=%d-%d".formatted(offset, offset + length - 1));
    }
    try {
      HttpResponse<InputStream> response = caller.gateways().open(request.GET().build());
      Digest received = Digest.of(response.body());
      if (response.statusCode() == (asRange ? 206 : 200)) {
        caller.tally().count("downloads");
        caller
            .history()
            .write(
                new HistoryEvent.Downloaded(
                    id,
                    offset,
                    received.sizeBytes(),
                    received.sha256(),
                    bytes.digest(offset, length).sha256()));
      } else {
        caller.tally().count("downloads answered " + response.statusCode());
      }
    } catch (IOException cut) {
      caller.tally().count("downloads cut");
    }
  }
}
