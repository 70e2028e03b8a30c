package io.sluice.acceptance.workload;

import io.sluice.acceptance.history.HistoryEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/// What can be done with an upload that exists.
final class ExistingUpload {

  private static final Set<String> FINAL = Set.of("COMPLETED", "FAILED", "ABORTED", "DELETED");

  /// A store may refuse one file for as long as it likes; its client goes away, comes back later, and sends others
  /// meanwhile.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Caller caller;
  private final FileBytes bytes;
  private final UUID id;

  ExistingUpload(Caller caller, FileBytes bytes, UUID id) {
    this.caller = caller;
    this.bytes = bytes;
    this.id = id;
  }

  /// The present status, or "" if the upload is not shown.
  String readStatus() throws GaveUpException, InterruptedException {
    Reply reply = caller.call("status", id, random -> get(random, "/v1/uploads/" + id));
    String status = reply.text("status");
    if (reply.status() != 200 || status == null) {
      return "";
    }
    caller.history().write(new HistoryEvent.StatusSeen(id, status));
    return status;
  }

  /// The chunks still to be sent.
  List<Integer> readMissing() throws GaveUpException, InterruptedException {
    Reply reply =
        caller.call(
            "missing-chunks", id, random -> get(random, "/v1/uploads/" + id + "/missing-chunks"));
    List<Integer> missing = new ArrayList<>();
    if (reply.status() == 200) {
      for (JsonNode index : reply.json().path("missing_chunk_indexes")) {
        missing.add(index.asInt());
      }
      caller.history().write(new HistoryEvent.MissingListed(id, missing));
    }
    return missing;
  }

  /// Completes and waits, then downloads.
  ///
  /// @return whether it is a file now
  boolean completeAndDownload(Random random) throws GaveUpException, InterruptedException {
    long begin = System.nanoTime();
    Reply reply = complete("wait=10");
    while (reply.status() == 202) {
      goAwayAfter(begin);
      reply = complete("wait=10");
    }
    return reply.status() == 200 && download(random);
  }

  private void goAwayAfter(long begin) throws GaveUpException {
    if (System.nanoTime() - begin > PATIENCE.toNanos()) {
      caller.tally().count("uploads left COMPLETING");
      throw new GaveUpException("completion of " + id);
    }
  }

  /// Asks for completion and does not wait.
  void completeLater() throws GaveUpException, InterruptedException {
    complete("respond-async");
  }

  private Reply complete(String preference) throws GaveUpException, InterruptedException {
    Reply reply =
        caller.call(
            "complete",
            id,
            random ->
                caller
                    .gateways()
                    .request(random, "/v1/uploads/" + id + "/complete")
                    .header("Prefer", preference)
                    .POST(BodyPublishers.noBody())
                    .build());
    if (reply.status() == 200) {
      caller.tally().count("uploads completed");
      caller
          .history()
          .write(
              new HistoryEvent.Completed(
                  id, reply.json().path("size").asLong(-1), reply.text("sha256")));
    }
    return reply;
  }

  /// Waits until nothing changes any more.
  void awaitEnd() throws GaveUpException, InterruptedException {
    long begin = System.nanoTime();
    String status = readStatus();
    while (!FINAL.contains(status) && !status.isEmpty()) {
      goAwayAfter(begin);
      caller.pause();
      status = readStatus();
    }
  }

  /// Aborts it.
  void abort() throws GaveUpException, InterruptedException {
    caller.history().write(new HistoryEvent.AbortSent(id));
    Reply reply = caller.call("abort", id, random -> delete(random, "/v1/uploads/" + id));
    if (reply.status() == 204) {
      caller.tally().count("uploads aborted");
      caller.history().write(new HistoryEvent.Aborted(id));
    }
  }

  /// Both at once; one of them must win.
  void abortAndComplete() throws GaveUpException, InterruptedException {
    AtomicBoolean first = new AtomicBoolean(true);
    Together.run(
        2,
        new Random(id.getLeastSignificantBits()),
        own -> {
          if (first.getAndSet(false)) {
            abort();
          } else {
            complete("wait=5");
          }
        });
    awaitEnd();
  }

  /// Deletes the file.
  void delete() throws GaveUpException, InterruptedException {
    caller.history().write(new HistoryEvent.DeleteSent(id));
    Reply reply = caller.call("delete", id, random -> delete(random, "/v1/files/" + id));
    if (reply.status() == 204) {
      caller.tally().count("files deleted");
      caller.history().write(new HistoryEvent.Deleted(id));
    }
  }

  private boolean download(Random random) throws GaveUpException, InterruptedException {
    Download download = new Download(caller, bytes, id);
    download.whole();
    download.ranges(random);
    return true;
  }

  private HttpRequest get(Random random, String path) {
    return caller.gateways().request(random, path).GET().build();
  }

  private HttpRequest delete(Random random, String path) {
    return caller.gateways().request(random, path).DELETE().build();
  }
}
