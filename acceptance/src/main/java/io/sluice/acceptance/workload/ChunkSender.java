package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.history.HistoryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;

/// Sends one chunk until it is acknowledged or will never be.
final class ChunkSender {

  private static final Duration CUT_LIMIT = Duration.ofSeconds(10);

  private final Caller caller;
  private final UploadPlan plan;
  private final UUID uploadId;
  private final long chunkSizeBytes;

  ChunkSender(Caller caller, UploadPlan plan, UUID uploadId, long chunkSizeBytes) {
    this.caller = caller;
    this.plan = plan;
    this.uploadId = uploadId;
    this.chunkSizeBytes = chunkSizeBytes;
  }

  /// Sends it, now and then cut short before, now and then once more after.
  ///
  /// @return whether it is acknowledged
  boolean send(int index, Random random) throws GaveUpException, InterruptedException {
    long offset = index * chunkSizeBytes;
    long length = Math.min(chunkSizeBytes, plan.bytes().sizeBytes() - offset);
    Digest digest = plan.bytes().digest(offset, length);
    if (random.nextDouble() < plan.cutProbability() && length > 1) {
      sendCut(index, offset, length, random);
    }
    boolean acknowledged = sendWhole(index, offset, digest, random.nextBoolean());
    if (acknowledged && random.nextDouble() < plan.twiceProbability()) {
      caller.tally().count("chunks sent again");
      sendWhole(index, offset, digest, random.nextBoolean());
    }
    return acknowledged;
  }

  private boolean sendWhole(int index, long offset, Digest digest, boolean withChecksum)
      throws GaveUpException, InterruptedException {
    Reply reply =
        caller.call(
            "chunk",
            uploadId,
            random -> {
              HttpRequest.Builder request = caller.gateways().request(random, path(index));
              if (withChecksum) {
                request.header("X-Chunk-SHA256", digest.sha256());
              }
              return request.PUT(body(offset, digest.sizeBytes())).build();
            });
    if (reply.status() == 202) {
      caller.history().write(new HistoryEvent.ChunkAcknowledged(uploadId, index, digest));
      caller.tally().count("chunks acknowledged");
      caller.tally().add("bytes acknowledged", digest.sizeBytes());
      return true;
    }
    return false;
  }

  private String path(int index) {
    return "/v1/uploads/" + uploadId + "/chunks/" + index;
  }

  private BodyPublisher body(long offset, long length) {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> plan.bytes().range(offset, length)), length);
  }

  /// A body that stops in the middle: nothing of it may count.
  private void sendCut(int index, long offset, long length, Random random)
      throws InterruptedException {
    InputStream half =
        new SequenceInputStream(plan.bytes().range(offset, length / 2), new BrokenStream());
    HttpRequest request =
        caller
            .gateways()
            .request(random, path(index))
            .timeout(CUT_LIMIT)
            .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> half), length))
            .build();
    try {
      Reply reply = caller.gateways().send(request);
      if (reply.isSuccess()) {
        // Half a body was taken for a whole one: the auditor must hear of it.
        caller
            .history()
            .write(
                new HistoryEvent.ChunkAcknowledged(
                    uploadId, index, plan.bytes().digest(offset, length / 2)));
      }
    } catch (IOException expected) {
      caller.tally().count("bodies cut");
    }
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("cut on purpose");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("cut on purpose");
    }
  }
}
