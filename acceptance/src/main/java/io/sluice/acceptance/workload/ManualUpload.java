package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One upload, step by step, without patience: every call is one request, whatever comes of it.
public final class ManualUpload {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Gateways gateways;
  private final HistoryWriter history;
  private final FileBytes bytes;
  private final UUID id;
  private final long chunkSizeBytes;
  private final int totalChunks;
  private final Random random = new Random(0);

  private ManualUpload(
      Gateways gateways,
      HistoryWriter history,
      FileBytes bytes,
      UUID id,
      long chunkSizeBytes,
      int totalChunks) {
    this.gateways = gateways;
    this.history = history;
    this.bytes = bytes;
    this.id = id;
    this.chunkSizeBytes = chunkSizeBytes;
    this.totalChunks = totalChunks;
  }

  /// Begins one.
  ///
  /// @param fileName unique in the run
  public static ManualUpload init(
      Gateways gateways,
      HistoryWriter history,
      String fileName,
      FileBytes bytes,
      long chunkSizeBytes)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("file_name", fileName);
    body.put("file_size", bytes.sizeBytes());
    body.put("chunk_size", chunkSizeBytes);
    Digest file = bytes.digest();
    history.write(new HistoryEvent.InitSent(fileName, null, file));
    Reply reply =
        gateways.send(
            gateways
                .request(new Random(0), "/v1/uploads/init")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    if (reply.status() != 201) {
      throw new IOException("init answered " + reply);
    }
    UUID id = UUID.fromString(String.valueOf(reply.text("upload_id")));
    long chunkSize = reply.json().path("chunk_size").asLong();
    int total = reply.json().path("total_chunks").asInt();
    history.write(new HistoryEvent.Initiated(id, fileName, null, file, chunkSize, total, null));
    return new ManualUpload(gateways, history, bytes, id, chunkSize, total);
  }

  /// Sends a whole file in one request: an upload that needs nothing more.
  ///
  /// @param fileName unique in the run
  /// @throws IOException it was not answered 201
  public static ManualUpload file(
      Gateways gateways, HistoryWriter history, String fileName, FileBytes bytes)
      throws IOException, InterruptedException {
    Digest file = bytes.digest();
    history.write(new HistoryEvent.FileSent(fileName, file));
    Reply reply =
        gateways.send(
            gateways
                .request(new Random(0), "/v1/files?name=" + fileName)
                .header("Content-Type", "application/octet-stream")
                .POST(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> bytes.range(0, bytes.sizeBytes())),
                        bytes.sizeBytes()))
                .build());
    if (reply.status() != 201) {
      throw new IOException("the file was answered " + reply);
    }
    UUID id = UUID.fromString(String.valueOf(reply.text("id")));
    history.write(new HistoryEvent.FileAcknowledged(id, fileName, file, reply.text("sha256")));
    return new ManualUpload(gateways, history, bytes, id, bytes.sizeBytes(), 1);
  }

  /// Its id.
  public UUID id() {
    return id;
  }

  /// How many chunks it has.
  public int totalChunks() {
    return totalChunks;
  }

  /// The same upload as seen by a client that knows these gateways.
  public ManualUpload through(Gateways others) {
    return new ManualUpload(others, history, bytes, id, chunkSizeBytes, totalChunks);
  }

  /// Sends a chunk.
  public Reply send(int index) throws IOException, InterruptedException {
    return send(index, Duration.ofSeconds(60));
  }

  /// Sends a chunk and does not wait longer than this for the answer.
  ///
  /// @throws HttpTimeoutException there was none
  public Reply send(int index, Duration limit) throws IOException, InterruptedException {
    long offset = index * chunkSizeBytes;
    long length = Math.min(chunkSizeBytes, bytes.sizeBytes() - offset);
    Reply reply =
        gateways.send(
            gateways
                .request(random, "/v1/uploads/" + id + "/chunks/" + index)
                .timeout(limit)
                .PUT(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> bytes.range(offset, length)), length))
                .build());
    if (reply.status() == 202) {
      history.write(new HistoryEvent.ChunkAcknowledged(id, index, bytes.digest(offset, length)));
    } else {
      refused("chunk", reply);
    }
    return reply;
  }

  /// Sends all chunks, one after the other.
  public void sendAll() throws IOException, InterruptedException {
    for (int index = 0; index < totalChunks; index++) {
      Reply reply = send(index);
      if (reply.status() != 202) {
        throw new IOException("chunk " + index + " answered " + reply);
      }
    }
  }

  /// Completes it.
  ///
  /// @param preference for `Prefer`
  public Reply complete(String preference) throws IOException, InterruptedException {
    Reply reply =
        gateways.send(
            gateways
                .request(random, "/v1/uploads/" + id + "/complete")
                .header("Prefer", preference)
                .POST(BodyPublishers.noBody())
                .build());
    if (reply.status() == 200) {
      history.write(
          new HistoryEvent.Completed(
              id, reply.json().path("size").asLong(-1), reply.text("sha256")));
    } else if (reply.status() >= 400) {
      refused("complete", reply);
    }
    return reply;
  }

  /// Aborts it.
  public Reply abort() throws IOException, InterruptedException {
    history.write(new HistoryEvent.AbortSent(id));
    Reply reply = gateways.send(gateways.request(random, "/v1/uploads/" + id).DELETE().build());
    if (reply.status() == 204) {
      history.write(new HistoryEvent.Aborted(id));
    } else {
      refused("abort", reply);
    }
    return reply;
  }

  /// The status document, or empty if it was refused.
  public Optional<Reply> status() throws IOException, InterruptedException {
    Reply reply = gateways.send(gateways.request(random, "/v1/uploads/" + id).GET().build());
    if (reply.status() != 200) {
      refused("status", reply);
      return Optional.empty();
    }
    history.write(new HistoryEvent.StatusSeen(id, String.valueOf(reply.text("status"))));
    return Optional.of(reply);
  }

  /// The word of its status, or "" if it was refused.
  public String state() throws IOException, InterruptedException {
    return status().map(reply -> String.valueOf(reply.text("status"))).orElse("");
  }

  /// The chunks that its client is asked for.
  public List<Integer> missing() throws IOException, InterruptedException {
    Reply reply =
        gateways.send(
            gateways.request(random, "/v1/uploads/" + id + "/missing-chunks").GET().build());
    if (reply.status() != 200) {
      refused("missing-chunks", reply);
      throw new IOException("missing chunks answered " + reply);
    }
    List<Integer> missing = new ArrayList<>();
    reply.json().path("missing_chunk_indexes").forEach(index -> missing.add(index.asInt()));
    history.write(new HistoryEvent.MissingListed(id, missing));
    return missing;
  }

  /// How many of its chunks are in the object store.
  public int storedChunks() throws IOException, InterruptedException {
    return status().map(reply -> reply.json().path("stored_chunks").asInt()).orElse(-1);
  }

  /// Downloads it and compares.
  ///
  /// @return whether what came with a clean end was the file
  public boolean downloadsIdentical() throws IOException, InterruptedException {
    HttpRequest request = gateways.request(random, "/v1/uploads/" + id + "/download").GET().build();
    var response = gateways.open(request);
    Digest received = Digest.of(response.body());
    return response.statusCode() == 200 && received.equals(bytes.digest());
  }

  private void refused(String operation, Reply reply) {
    Integer seconds =
        reply.retryAfterSeconds().isPresent() ? reply.retryAfterSeconds().getAsInt() : null;
    history.write(new HistoryEvent.Refused(operation, id, reply.status(), reply.code(), seconds));
  }
}
