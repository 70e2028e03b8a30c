package io.sluice.standalone.demo;

import static org.awaitility.Awaitility.await;

import io.sluice.standalone.demo.UploadApi.InitAnswer;
import io.sluice.standalone.demo.UploadApi.InitRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// One upload of made-up bytes, chunk by chunk, by a client that remembers nothing but the upload's id: it may outlive
/// the server.
public final class TestUpload {

  private final Path file;
  private final long chunkSizeBytes;
  private final String id;

  private TestUpload(Path file, long chunkSizeBytes, String id) {
    this.file = file;
    this.chunkSizeBytes = chunkSizeBytes;
    this.id = id;
  }

  /// Announces a file of so many whole chunks and a little more.
  public static TestUpload begin(String url, Path file, int wholeChunks, int chunkSizeBytes)
      throws IOException, InterruptedException {
    byte[] bytes = new byte[wholeChunks * chunkSizeBytes + 4711];
    new Random(wholeChunks).nextBytes(bytes);
    Files.write(file, bytes);
    try (UploadClient client = new UploadClient(url, "dev-key")) {
      InitAnswer answer =
          client.init(
              new InitRequest(
                  "file.bin", bytes.length, chunkSizeBytes, "application/octet-stream"));
      return new TestUpload(file, answer.chunkSize(), answer.uploadId());
    }
  }

  /// The upload's id.
  public String id() {
    return id;
  }

  /// Sends these chunks, one after the other, and returns when each is acknowledged.
  public void send(String url, List<Integer> indexes) throws IOException, InterruptedException {
    try (UploadClient client = new UploadClient(url, "dev-key")) {
      for (int index : indexes) {
        client.sendChunk(id, FileChunk.of(file, Files.size(file), chunkSizeBytes, index));
      }
    }
  }

  /// What the server says is still to be sent.
  public List<Integer> missing(String url) throws IOException, InterruptedException {
    try (UploadClient client = new UploadClient(url, "dev-key")) {
      return client.missingChunks(id);
    }
  }

  /// Asks for completion and waits for it.
  public void complete(String url) throws IOException, InterruptedException {
    try (UploadClient client = new UploadClient(url, "dev-key")) {
      client.complete(id);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> client.status(id).status().equals("COMPLETED"));
    }
  }

  /// Whether the server gives back what was announced.
  public boolean comesBackIdentical(String url) throws IOException, InterruptedException {
    try (UploadClient client = new UploadClient(url, "dev-key");
        InputStream sent = Files.newInputStream(file);
        InputStream received = client.download(id)) {
      byte[] expected = sent.readAllBytes();
      byte[] actual = received.readAllBytes();
      return java.util.Arrays.equals(expected, actual);
    }
  }
}
