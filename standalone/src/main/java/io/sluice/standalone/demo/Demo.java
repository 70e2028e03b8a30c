package io.sluice.standalone.demo;

import io.sluice.standalone.console.ByteText;
import io.sluice.standalone.console.ProgressBar;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.demo.UploadApi.Failure;
import io.sluice.standalone.demo.UploadApi.InitAnswer;
import io.sluice.standalone.demo.UploadApi.InitRequest;
import io.sluice.standalone.demo.UploadApi.Status;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// The story that the demo tells: send half, fall, come back knowing only the upload's id, and end with the same bytes.
final class Demo {

  private static final long CHUNK_SIZE_BYTES = 8L << 20;
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final Duration FINISH_LIMIT = Duration.ofMinutes(5);

  private final UploadClient client;
  private final Terminal terminal;
  private final int atOnce;

  Demo(UploadClient client, Terminal terminal, int atOnce) {
    this.client = client;
    this.terminal = terminal;
    this.atOnce = atOnce;
  }

  /// Returns whether what came back is what was sent.
  boolean run(DemoFile file) throws IOException, InterruptedException {
    InitAnswer upload =
        client.init(
            new InitRequest(
                file.path().getFileName().toString(),
                file.sizeBytes(),
                CHUNK_SIZE_BYTES,
                "application/octet-stream"));
    terminal.say(
        "Uploading %s as %d chunks of %s, %d at a time; upload %s"
            .formatted(
                ByteText.size(file.sizeBytes()),
                upload.totalChunks(),
                ByteText.size(upload.chunkSize()),
                atOnce,
                upload.uploadId()));
    Duration sending = sendHalfThenTheRest(file, upload);
    finish(upload.uploadId());
    return download(file, upload.uploadId(), sending);
  }

  private Duration sendHalfThenTheRest(DemoFile file, InitAnswer upload)
      throws IOException, InterruptedException {
    List<Integer> all = IntStream.range(0, upload.totalChunks()).boxed().toList();
    long firstStart = System.nanoTime();
    long sent = send(file, upload, "upload", all, 0, file.sizeBytes() / 2);
    long firstNanos = System.nanoTime() - firstStart;
    if (upload.totalChunks() > 1) {
      terminal.say(
          "  Interrupted on purpose after %s: all connections cut, nothing kept but the upload's id."
              .formatted(ByteText.size(sent)));
    }
    List<Integer> missing = client.missingChunks(upload.uploadId());
    terminal.say(
        "  missing-chunks says: %d of %d are still to be sent."
            .formatted(missing.size(), upload.totalChunks()));
    long there =
        file.sizeBytes()
            - chunks(file, upload, missing).stream().mapToLong(FileChunk::sizeBytes).sum();
    long secondStart = System.nanoTime();
    send(file, upload, "resume", missing, there, Long.MAX_VALUE);
    return Duration.ofNanos(firstNanos + System.nanoTime() - secondStart);
  }

  private long send(
      DemoFile file,
      InitAnswer upload,
      String label,
      List<Integer> indexes,
      long doneBytes,
      long stopAfterBytes)
      throws IOException, InterruptedException {
    ProgressBar bar = new ProgressBar(terminal, label, file.sizeBytes(), doneBytes);
    try {
      return new ParallelSending(client, upload.uploadId(), atOnce, bar)
          .send(chunks(file, upload, indexes), stopAfterBytes);
    } finally {
      bar.stop();
    }
  }

  private static List<FileChunk> chunks(DemoFile file, InitAnswer upload, List<Integer> indexes) {
    return indexes.stream()
        .map(index -> FileChunk.of(file.path(), file.sizeBytes(), upload.chunkSize(), index))
        .toList();
  }

  private void finish(String uploadId) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Status status = client.complete(uploadId);
    while (status.status().equals("COMPLETING")
        && System.nanoTime() - start < FINISH_LIMIT.toNanos()) {
      Thread.sleep(LOOK_EVERY_MILLIS);
      status = client.status(uploadId);
    }
    if (!status.status().equals("COMPLETED")) {
      Failure failure = status.failure();
      throw new DemoException(
          "the upload ended %s%s"
              .formatted(status.status(), failure == null ? "" : ": " + failure.detail()));
    }
    terminal.say(
        "  completed in %.1f s: every chunk is in the store."
            .formatted((System.nanoTime() - start) / 1e9));
  }

  private boolean download(DemoFile file, String uploadId, Duration sending)
      throws IOException, InterruptedException {
    ProgressBar bar = new ProgressBar(terminal, "download", file.sizeBytes(), 0);
    MessageDigest digest = Sha256.start();
    long start = System.nanoTime();
    long received = 0;
    try (InputStream bytes = client.download(uploadId)) {
      byte[] buffer = new byte[Sha256.BUFFER_BYTES];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digest.update(buffer, 0, count);
        received += count;
        bar.add(count);
      }
    } finally {
      bar.stop();
    }
    Duration receiving = Duration.ofNanos(System.nanoTime() - start);
    String sha256 = Sha256.hex(digest);
    boolean identical = received == file.sizeBytes() && sha256.equals(file.sha256());
    terminal.say("  SHA-256 sent     " + file.sha256());
    terminal.say("  SHA-256 received " + sha256 + (identical ? "  identical" : "  DIFFERENT"));
    terminal.answer(
        "%s: upload %s, download %s"
            .formatted(
                identical ? "identical" : "DIFFERENT",
                ByteText.speed(file.sizeBytes(), sending),
                ByteText.speed(received, receiving)));
    return identical;
  }
}
