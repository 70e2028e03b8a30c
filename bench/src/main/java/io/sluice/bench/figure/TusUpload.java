package io.sluice.bench.figure;

import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.load.Load;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.TusServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The same bytes by the tus protocol. An upload of it has one writer, so each client sends a file of its own, of the
/// length that makes the sum the same.
record TusUpload(TusServer tus, UploadShape shape) implements Side {

  private static final String VERSION = "Tus-Resumable: 1.0.0";

  @Override
  public Server server() {
    return tus;
  }

  @Override
  public Trial measure() throws IOException {
    Map<Long, String> locations = new ConcurrentHashMap<>();
    Trial trial =
        Trial.ofBytes(
            tus,
            shape.bytes(),
            () ->
                new Load(tus.base(), shape.clients(), shape.clients())
                    .run((client, index) -> locations.put(index, upload(client, index))));
    try (Client client = Client.of(tus.base())) {
      for (Map.Entry<Long, String> each : locations.entrySet()) {
        verify(client, each.getKey(), each.getValue());
        client.ask(Request.of("DELETE", each.getValue(), List.of(VERSION)), 204);
      }
    }
    return trial;
  }

  private long share() {
    return shape.sample().sizeBytes() / shape.workers();
  }

  private long start(long index) {
    return index % shape.workers() * share();
  }

  private String upload(Client client, long index) throws IOException {
    Request create =
        Request.of("POST", TusServer.PATH, List.of(VERSION, "Upload-Length: " + share()));
    String location =
        client
            .ask(create, 201)
            .header("location")
            .map(URI::create)
            .map(URI::getPath)
            .orElseThrow(() -> new IOException("no location"));
    for (long offset = 0; offset < share(); offset += shape.chunkBytes()) {
      Body.Region slice =
          new Body.Region(
              shape.sample().channel(),
              start(index) + offset,
              Math.min(shape.chunkBytes(), share() - offset));
      List<String> headers =
          List.of(
              VERSION, "Upload-Offset: " + offset, "Content-Type: application/offset+octet-stream");
      client.ask(new Request("PATCH", location, headers, slice), 204);
    }
    return location;
  }

  private void verify(Client client, long index, String location) throws IOException {
    int received = client.ask(Request.of("GET", location, List.of(VERSION)), 200).crc32c();
    if (received != shape.sample().crc32c(start(index), (int) share())) {
      throw new IOException(location + " does not come back as it was sent");
    }
  }
}
