package io.sluice.bench.load;

import io.sluice.bench.http.Answer;
import io.sluice.bench.http.Connection;
import io.sluice.bench.http.Request;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// A well-behaved client: one connection, and when it is told to wait it waits and asks again.
public final class Client implements AutoCloseable {

  private static final int TRIES = 60;
  private static final long DEFAULT_WAIT_SECONDS = 1;

  private final Connection connection;
  private final LongAdder refusals;

  /// @param base where the server is
  /// @param refusals counts what was answered 429 or 503
  Client(URI base, LongAdder refusals) {
    this.connection = new Connection(base);
    this.refusals = refusals;
  }

  /// A client for the work around a measurement.
  public static Client of(URI base) {
    return new Client(base, new LongAdder());
  }

  /// Asks until it is neither told to wait nor answered otherwise than expected.
  ///
  /// @throws IOException if the answer is none of those accepted
  public Answer ask(Request request, int... accepted) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Answer answer = connection.exchange(request);
      if (IntStream.of(accepted).anyMatch(status -> status == answer.status())) {
        return answer;
      }
      boolean wait = answer.status() == 429 || answer.status() == 503;
      if (!wait || attempt == TRIES) {
        throw new IOException(
            "%s %s: %d %s"
                .formatted(request.method(), request.path(), answer.status(), answer.text()));
      }
      refusals.increment();
      pause(answer.header("retry-after").map(Long::valueOf).orElse(DEFAULT_WAIT_SECONDS));
    }
  }

  private static void pause(long seconds) throws IOException {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
