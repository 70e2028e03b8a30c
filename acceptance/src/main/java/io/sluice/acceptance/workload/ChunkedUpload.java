package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One upload, from init to whatever its plan says.
final class ChunkedUpload {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Caller caller;
  private final UploadPlan plan;
  private final Random random;
  private final Digest file;
  private final Consumer<LeftUpload> left;

  /// @param left takes the upload if its client goes away before its end
  ChunkedUpload(Caller caller, UploadPlan plan, Random random, Consumer<LeftUpload> left) {
    this.left = left;
    this.caller = caller;
    this.plan = plan;
    this.random = random;
    file = plan.bytes().digest();
  }

  /// Runs it to its end.
  void run() throws GaveUpException, InterruptedException {
    Reply initiated = init();
    if (initiated.status() != 201) {
      return;
    }
    UUID id = UUID.fromString(String.valueOf(initiated.text("upload_id")));
    if (plan.idempotencyKey() != null && random.nextInt(4) == 0) {
      init();
    }
    long chunkSize = initiated.json().path("chunk_size").asLong();
    int total = initiated.json().path("total_chunks").asInt();
    try {
      proceed(new ChunkSender(caller, plan, id, chunkSize), id, total);
    } catch (GaveUpException interrupted) {
      left.accept(new LeftUpload(plan, id, chunkSize));
      throw interrupted;
    }
    if (plan.ending() == Ending.LEAVE) {
      left.accept(new LeftUpload(plan, id, chunkSize));
    }
  }

  private void proceed(ChunkSender sender, UUID id, int total)
      throws GaveUpException, InterruptedException {
    ExistingUpload upload = new ExistingUpload(caller, plan.bytes(), id);
    upload.readStatus();
    List<Integer> order = shuffled(total);
    int half = total / 2;
    sendAll(sender, order.subList(0, half));
    switch (plan.ending()) {
      case ABORT -> {
        upload.abort();
        return;
      }
      case LEAVE -> {
        caller.tally().count("uploads left");
        return;
      }
      default -> sendAll(sender, order.subList(half, total));
    }
    upload.readMissing();
    end(upload);
  }

  private void end(ExistingUpload upload) throws GaveUpException, InterruptedException {
    switch (plan.ending()) {
      case COMPLETE -> upload.completeAndDownload(random);
      case COMPLETE_LATER -> {
        upload.completeLater();
        upload.awaitEnd();
      }
      case AUTO_COMPLETE -> upload.awaitEnd();
      case ABORT_AND_COMPLETE -> upload.abortAndComplete();
      case DELETE -> {
        if (upload.completeAndDownload(random)) {
          upload.delete();
        }
      }
      default -> throw new IllegalStateException("no end " + plan.ending());
    }
  }

  private Reply init() throws GaveUpException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("file_name", plan.fileName());
    body.put("file_size", plan.bytes().sizeBytes());
    body.put("chunk_size", plan.chunkSizeBytes());
    body.put("auto_complete", plan.ending() == Ending.AUTO_COMPLETE);
    if (plan.declaredSha256() != null) {
      body.put("file_checksum_sha256", plan.declaredSha256());
    }
    byte[] bytes = JSON.writeValueAsBytes(body);
    Reply reply =
        caller.call(
            "init",
            null,
            choice -> {
              caller
                  .history()
                  .write(new HistoryEvent.InitSent(plan.fileName(), plan.idempotencyKey(), file));
              HttpRequest.Builder request =
                  caller
                      .gateways()
                      .request(choice, "/v1/uploads/init")
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofByteArray(bytes));
              if (plan.idempotencyKey() != null) {
                request.header("Idempotency-Key", plan.idempotencyKey());
              }
              return request.build();
            });
    if (reply.status() == 201) {
      remember(reply.json());
    }
    return reply;
  }

  private void remember(JsonNode answer) {
    caller.tally().count("uploads initiated");
    caller
        .history()
        .write(
            new HistoryEvent.Initiated(
                UUID.fromString(answer.path("upload_id").asString()),
                plan.fileName(),
                plan.idempotencyKey(),
                file,
                answer.path("chunk_size").asLong(),
                answer.path("total_chunks").asInt(),
                plan.declaredSha256()));
  }

  private List<Integer> shuffled(int total) {
    List<Integer> order = new ArrayList<>();
    for (int index = 0; index < total; index++) {
      order.add(index);
    }
    Collections.shuffle(order, random);
    return order;
  }

  private void sendAll(ChunkSender sender, List<Integer> indexes)
      throws GaveUpException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Together.run(
        Math.min(plan.parallel(), indexes.size()),
        random,
        own -> {
          for (int at = next.getAndIncrement(); at < indexes.size(); at = next.getAndIncrement()) {
            if (!sender.send(indexes.get(at), own)) {
              return;
            }
          }
        });
  }
}
