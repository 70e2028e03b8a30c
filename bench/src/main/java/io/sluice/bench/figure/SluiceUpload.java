package io.sluice.bench.figure;

import io.sluice.bench.load.Client;
import io.sluice.bench.load.Load;
import io.sluice.bench.load.LoadResult;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Large files through the chunk API.
///
/// @param untilStored whether the time ends when all files are in the store, or when all chunks are acknowledged
record SluiceUpload(SluiceServer sluice, UploadShape shape, boolean untilStored) implements Side {

  @Override
  public Server server() {
    return sluice;
  }

  @Override
  public Trial measure() throws IOException {
    SluiceUploads uploads = new SluiceUploads(sluice);
    try (Client client = Client.of(sluice.base())) {
      List<String> ids = new ArrayList<>();
      Trial trial =
          Trial.ofBytes(
              sluice,
              shape.bytes(),
              () -> {
                for (int file = 0; file < shape.files(); file++) {
                  ids.add(
                      uploads.begin(
                          client, shape.sample().sizeBytes(), shape.chunkBytes(), untilStored));
                }
                LoadResult sent = send(uploads, ids);
                if (untilStored) {
                  completeAll(uploads, client, ids);
                }
                return sent;
              });
      if (!untilStored) {
        completeAll(uploads, client, ids);
      }
      for (String id : ids) {
        uploads.verify(client, id, shape.sample().sizeBytes(), shape.sample().crc32c());
      }
      uploads.delete(client, ids);
      return trial;
    }
  }

  private LoadResult send(SluiceUploads uploads, List<String> ids) throws IOException {
    return new Load(sluice.base(), shape.clients(), shape.operations())
        .run((client, operation) -> {
          int chunk = shape.chunk(operation);
          client.ask(
              uploads.chunk(
                  ids.get(shape.file(operation)),
                  chunk,
                  shape.sample().piece(chunk, shape.chunkBytes())),
              202);
        });
  }

  private static void completeAll(SluiceUploads uploads, Client client, List<String> ids)
      throws IOException {
    for (String id : ids) {
      uploads.complete(client, id);
    }
  }
}
