package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.load.Load;
import io.sluice.bench.server.NginxServer;
import io.sluice.bench.server.Server;
import java.io.IOException;
import java.util.List;

/// The same chunks, each put as a file.
record NginxUpload(NginxServer nginx, UploadShape shape) implements Side {

  @Override
  public Server server() {
    return nginx;
  }

  @Override
  public Trial measure() throws IOException {
    Trial trial =
        Trial.ofBytes(
            nginx,
            shape.bytes(),
            () ->
                new Load(nginx.base(), shape.clients(), shape.operations())
                    .run((client, operation) -> client.ask(put(operation), 201, 204)));
    try (Client client = Client.of(nginx.base())) {
      for (long operation = 0; operation < shape.operations(); operation++) {
        verify(client, operation);
        client.ask(Request.of("DELETE", path(operation), List.of()), 204);
      }
    }
    return trial;
  }

  private Request put(long operation) {
    return new Request("PUT", path(operation), List.of(), body(operation));
  }

  private Body.Region body(long operation) {
    return shape.sample().piece(shape.chunk(operation), shape.chunkBytes());
  }

  private void verify(Client client, long operation) throws IOException {
    Answer answer = client.ask(Request.of("GET", path(operation), List.of()), 200);
    Body.Region sent = body(operation);
    if (answer.crc32c() != shape.sample().crc32c(sent.position(), (int) sent.sizeBytes())) {
      throw new IOException(path(operation) + " does not come back as it was sent");
    }
  }

  private String path(long operation) {
    return "/upload/%d/%d".formatted(shape.file(operation), shape.chunk(operation));
  }
}
