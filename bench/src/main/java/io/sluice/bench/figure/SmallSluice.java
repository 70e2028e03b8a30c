package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;

/// The small requests that Sluice takes.
final class SmallSluice {

  private SmallSluice() {}

  /// A whole file in one request.
  record File(SluiceServer server, Body.Region content, int crc32c) implements SmallFiles.Kind {

    @Override
    public Request request(long index) {
      Request post =
          server.request(
              "POST", "/v1/files?name=small-" + index, "Content-Type: application/octet-stream");
      return new Request(post.method(), post.path(), post.headers(), content);
    }

    @Override
    public int accepted() {
      return 201;
    }

    @Override
    public boolean holds(Client client, long index, Answer answer) throws IOException {
      Request get = server.request("GET", "/v1/files/" + Json.text(answer, "id"));
      return client.ask(get, 200).crc32c() == crc32c;
    }
  }

  /// The announcement of a file.
  record Init(SluiceServer server) implements SmallFiles.Kind {

    private static final long SIZE_BYTES = 100L << 20;
    private static final long CHUNK_BYTES = 8L << 20;

    @Override
    public Request request(long index) {
      return new SluiceUploads(server).init(SIZE_BYTES, CHUNK_BYTES, false);
    }

    @Override
    public int accepted() {
      return 201;
    }

    @Override
    public boolean holds(Client client, long index, Answer answer) throws IOException {
      Request status = server.request("GET", "/v1/uploads/" + Json.text(answer, "upload_id"));
      return Json.read(client.ask(status, 200)).path("total_chunks").asInt() == 13;
    }
  }
}
