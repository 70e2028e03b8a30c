package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Load;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Server;
import java.io.IOException;
import java.util.function.Function;

/// One file read by many, whole or by ranges of one length spread over it.
///
/// @param request with these headers besides
/// @param rangeBytes length of a range; 0: the whole
record Downloads(
    Server server,
    Function<String[], Request> request,
    SampleFile sample,
    int clients,
    long operations,
    int rangeBytes)
    implements Side {

  /// Spreads neighbours over the file without chance.
  private static final long STRIDE = 7919;

  @Override
  public Trial measure() throws IOException {
    long each = rangeBytes == 0 ? sample.sizeBytes() : rangeBytes;
    return Trial.ofBytes(
        server,
        operations * each,
        () ->
            new Load(server.base(), clients, operations)
                .run((client, operation) -> {
                  if (rangeBytes == 0) {
                    check(client.ask(request.apply(new String[0]), 200), sample.crc32c());
                  } else {
                    long start =
                        operation * STRIDE % (sample.sizeBytes() / rangeBytes) * rangeBytes;
                    String range = "Range: bytes=%d-%d".formatted(start, start + rangeBytes - 1);
                    Answer answer = client.ask(request.apply(new String[] {range}), 206);
                    check(answer, sample.crc32c(start, rangeBytes));
                  }
                }));
  }

  private static void check(Answer answer, int crc32c) throws IOException {
    if (answer.crc32c() != crc32c) {
      throw new IOException("wrong bytes");
    }
  }
}
