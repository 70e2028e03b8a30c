package io.sluice.gateway.admission;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.problem.ThrottleReason;
import java.time.Duration;

/// Whether a request may go on.
public sealed interface Admission {

  /// It may, until its permit is closed.
  record Admitted(Permit permit) implements Admission {}

  /// It should come again.
  ///
  /// @param retryAfter when there may be room
  record Refused(ThrottleReason reason, Duration retryAfter) implements Admission {

    private static final String REASON_HEADER = "X-RateLimit-Reason";

    /// As an answer.
    public ProblemException asProblem() {
      return new ProblemException(
          new Problem(ProblemCode.THROTTLED, sentence())
              .with("reason", reason.wire())
              .header(REASON_HEADER, reason.wire())
              .retryAfter(retryAfter));
    }

    private String sentence() {
      return switch (reason) {
        case UPLOAD_INFLIGHT_LIMIT -> "Too many chunks of this upload are being sent at once.";
        case UPLOAD_FAIR_SHARE_LIMIT ->
            "Others are waiting, and this upload has more chunks to be stored than its share.";
        case GLOBAL_INFLIGHT_LIMIT -> "Too many chunks are being sent at once.";
        case QUEUE_FULL -> "Too many acknowledged chunks are still to be stored.";
        case API_KEY_RATE_LIMIT -> "This API key makes too many requests.";
      };
    }
  }

  /// A place among the requests in progress. Close it when the request is over; once is enough, more do
  /// no harm.
  interface Permit extends AutoCloseable {
    @Override
    void close();
  }
}
