package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// One file in one request, read back at once.
final class WholeFile {

  private final Caller caller;
  private final String fileName;
  private final FileBytes bytes;

  WholeFile(Caller caller, String fileName, FileBytes bytes) {
    this.caller = caller;
    this.fileName = fileName;
    this.bytes = bytes;
  }

  /// Sends and reads it. An answer that got lost may have left a file behind, so each try has a name of
  /// its own.
  void run(Random random) throws GaveUpException, InterruptedException {
    Digest file = bytes.digest();
    AtomicInteger tries = new AtomicInteger();
    Reply reply =
        caller.call(
            "file",
            null,
            choice -> {
              String name = fileName + "-" + tries.incrementAndGet();
              caller.history().write(new HistoryEvent.FileSent(name, file));
              return request(choice, name);
            });
    if (reply.status() != 201) {
      return;
    }
    UUID id = UUID.fromString(String.valueOf(reply.text("id")));
    caller.tally().count("files acknowledged");
    caller.tally().add("bytes acknowledged", bytes.sizeBytes());
    caller
        .history()
        .write(
            new HistoryEvent.FileAcknowledged(
                id, fileName + "-" + tries.get(), file, reply.text("sha256")));
    Download download = new Download(caller, bytes, id);
    download.whole();
    download.ranges(random);
    if (random.nextInt(5) == 0) {
      new ExistingUpload(caller, bytes, id).delete();
    }
  }

  private HttpRequest request(Random choice, String name) {
    return caller
        .gateways()
        .request(choice, "/v1/files?name=" + name)
        .header("Content-Type", "application/octet-stream")
        .POST(body())
        .build();
  }

  private BodyPublisher body() {
    return bytes.sizeBytes() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> bytes.range(0, bytes.sizeBytes())),
            bytes.sizeBytes());
  }
}
