package io.sluice.acceptance.workload;

import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends the requests of one client: it comes back when told to, tries again when there was no answer,
/// and writes down every refusal.
public final class Caller {

  /// Longer than any fault of a run lasts.
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final int SILENCE_MILLIS = 300;

  private final Gateways gateways;
  private final HistoryWriter history;
  private final Tally tally;
  private final Stop stop;
  private final Random random;

  /// A caller with its own history and randomness.
  public Caller(Gateways gateways, HistoryWriter history, Tally tally, Stop stop, Random random) {
    this.gateways = gateways;
    this.history = history;
    this.tally = tally;
    this.stop = stop;
    this.random = random;
  }

  Gateways gateways() {
    return gateways;
  }

  HistoryWriter history() {
    return history;
  }

  Tally tally() {
    return tally;
  }

  /// Sends until there is an answer that coming back would not change.
  ///
  /// @param operation names it in the history
  /// @param making makes the request anew for each try, to any gateway
  Reply call(String operation, @Nullable UUID uploadId, Function<Random, HttpRequest> making)
      throws GaveUpException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!stop.isTold()) {
      Duration wait;
      try {
        Reply reply = gateways.send(making.apply(random));
        tally.count("answers " + reply.status());
        if (!reply.isSuccess()) {
          refused(operation, uploadId, reply);
        }
        if (!reply.saysComeBack() && !isStillRunning(reply)) {
          return reply;
        }
        wait = Duration.ofSeconds(reply.retryAfterSeconds().orElse(1));
      } catch (IOException noAnswer) {
        tally.count("no answer");
        wait = Duration.ofMillis(SILENCE_MILLIS);
      }
      if (System.nanoTime() - deadline > 0) {
        tally.count("ran out of patience");
        throw new GaveUpException(operation + " of " + uploadId);
      }
      stop.pause(wait.plusMillis(random.nextInt(SILENCE_MILLIS)));
    }
    throw new GaveUpException("told to stop");
  }

  /// A moment, before asking again.
  void pause() throws InterruptedException {
    stop.pause(Duration.ofMillis(SILENCE_MILLIS + random.nextInt(SILENCE_MILLIS)));
  }

  private static boolean isStillRunning(Reply reply) {
    return "idempotency_in_progress".equals(reply.code());
  }

  private void refused(String operation, @Nullable UUID uploadId, Reply reply) {
    Integer seconds =
        reply.retryAfterSeconds().isPresent() ? reply.retryAfterSeconds().getAsInt() : null;
    history.write(
        new HistoryEvent.Refused(operation, uploadId, reply.status(), reply.code(), seconds));
  }
}
