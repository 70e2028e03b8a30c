package io.sluice.gateway.body;

import java.net.SocketTimeoutException;

/// Judges how fast a body goes, on average since it began: a client that trickles must not hold its place
/// for ever, whether it sends or receives.
public final class Pace {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final BodySettings settings;
  private final long beganNanos = System.nanoTime();

  Pace(BodySettings settings) {
    this.settings = settings;
  }

  /// Judges.
  ///
  /// @param bytes that went since the begin
  /// @throws SocketTimeoutException too few
  public void check(long bytes) throws SocketTimeoutException {
    long seconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
    long judged = seconds - settings.patienceSeconds();
    if (judged > 0 && bytes < judged * settings.slowestBytesPerSecond()) {
      throw new SocketTimeoutException("the body trickles");
    }
  }
}
