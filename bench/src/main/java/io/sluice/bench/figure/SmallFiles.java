package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.load.Load;
import io.sluice.bench.server.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Many small requests of one kind, some of whose effects are looked at afterwards.
///
/// @param kind what is sent, and how it is checked
record SmallFiles(Server server, int clients, long operations, Kind kind) implements Side {

  private static final int CHECK_EVERY = 97;

  /// One kind of request.
  interface Kind {
    Request request(long index);

    int accepted();

    /// Whether what an answer promised is so.
    boolean holds(Client client, long index, Answer answer) throws IOException;
  }

  private record Promise(long index, Answer answer) {}

  @Override
  public Trial measure() throws IOException {
    ConcurrentLinkedQueue<Promise> promises = new ConcurrentLinkedQueue<>();
    Trial trial =
        Trial.ofOperations(
            server,
            operations,
            () ->
                new Load(server.base(), clients, operations)
                    .run((client, index) -> {
                      Answer answer = client.ask(kind.request(index), kind.accepted());
                      if (index % CHECK_EVERY == 0) {
                        promises.add(new Promise(index, answer));
                      }
                    }));
    verify(List.copyOf(promises));
    return trial;
  }

  private void verify(List<Promise> promises) throws IOException {
    try (Client client = Client.of(server.base())) {
      for (Promise promise : promises) {
        if (!kind.holds(client, promise.index, promise.answer)) {
          throw new IOException(
              kind.request(promise.index).path() + " is not there as it was sent");
        }
      }
    }
  }
}
