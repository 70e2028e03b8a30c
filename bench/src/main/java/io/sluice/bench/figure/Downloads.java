package io.sluice.bench.figure;

import io.sluice.bench.http.Request;
import io.sluice.bench.load.Load;
import io.sluice.bench.server.Server;
import java.io.IOException;
import java.util.function.Function;

/// One file read by many, whole or by ranges of one length spread over it.
///
/// @param request with these headers besides
/// @param pieces what is read; if it is one, it is asked for without a range
record Downloads(
    Server server, Function<String[], Request> request, Pieces pieces, int clients, long operations)
    implements Side {

  /// Spreads neighbours over the file without chance.
  private static final long STRIDE = 7919;

  @Override
  public Trial measure() throws IOException {
    return Trial.ofBytes(
        server,
        operations * pieces.eachBytes(),
        () ->
            new Load(server.base(), clients, operations)
                .run((client, operation) -> {
                  int piece = (int) (operation * STRIDE % pieces.count());
                  if (client.ask(request(piece), pieces.count() == 1 ? 200 : 206).crc32c()
                      != pieces.crc32c(piece)) {
                    throw new IOException("wrong bytes");
                  }
                }));
  }

  private Request request(int piece) {
    return request.apply(
        pieces.count() == 1 ? new String[0] : new String[] {"Range: " + pieces.range(piece)});
  }
}
