package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a client of Sluice asks for, around and within the measurements.
final class SluiceUploads {

  private final SluiceServer server;

  SluiceUploads(SluiceServer server) {
    this.server = server;
  }

  Request init(long sizeBytes, long chunkBytes, boolean autoComplete) {
    String body =
        """
        {"file_name": "bench.bin", "file_size": %d, "chunk_size": %d, "auto_complete": %b}
        """
            .formatted(sizeBytes, chunkBytes, autoComplete);
    return with(
        server.request("POST", "/v1/uploads/init", "Content-Type: application/json"),
        new Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }

  String begin(Client client, long sizeBytes, long chunkBytes, boolean autoComplete)
      throws IOException {
    return Json.text(client.ask(init(sizeBytes, chunkBytes, autoComplete), 201), "upload_id");
  }

  Request chunk(String id, int index, Body body) {
    return with(server.request("PUT", "/v1/uploads/%s/chunks/%d".formatted(id, index)), body);
  }

  /// Returns when the upload is a file.
  void complete(Client client, String id) throws IOException {
    Request complete = server.request("POST", "/v1/uploads/" + id + "/complete", "Prefer: wait=30");
    while (client.ask(complete, 200, 202).status() == 202) {
      // Past the longest wait: wait again.
    }
  }

  Request abort(String id) {
    return server.request("DELETE", "/v1/uploads/" + id);
  }

  Request status(String id) {
    return server.request("GET", "/v1/uploads/" + id);
  }

  Request download(String id, String... headers) {
    return server.request("GET", "/v1/uploads/" + id + "/download", headers);
  }

  /// Compares a file with what was sent.
  void verify(Client client, String id, long sizeBytes, int crc32c) throws IOException {
    Answer answer = client.ask(download(id), 200);
    if (answer.bodyBytes() != sizeBytes || answer.crc32c() != crc32c) {
      throw new IOException("upload " + id + " does not come back as it was sent");
    }
  }

  /// Deletes files, and returns when their bytes are gone and their room is free.
  void delete(Client client, List<String> ids) throws IOException {
    for (String id : ids) {
      client.ask(server.request("DELETE", "/v1/files/" + id), 204);
    }
    Patience.until("the deleted files' bytes to go", () -> server.filesKept() == 0);
  }

  private static Request with(Request request, Body body) {
    return new Request(request.method(), request.path(), request.headers(), body);
  }
}
