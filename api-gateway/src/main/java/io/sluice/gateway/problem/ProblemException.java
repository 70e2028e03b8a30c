package io.sluice.gateway.problem;

import io.sluice.model.problem.ProblemCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  public ProblemException(ProblemCode code, String detail) {
    this(new Problem(code, detail), null);
  }

  /// Ends it, and keeps why.
  ///
  /// @param cause for the log of a 5xx; never shown to the client
  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.code().wire() + ": " + problem.detail(), cause);
    this.problem = problem;
  }

  /// The same answer for what does not exist and for what belongs to somebody else.
  public static ProblemException notFound() {
    return new ProblemException(
        ProblemCode.NOT_FOUND, "There is nothing under this address for you.");
  }

  /// The object store cannot be reached.
  public static ProblemException storageUnavailable(Throwable cause) {
    return new ProblemException(
        new Problem(ProblemCode.STORAGE_UNAVAILABLE, "The object store cannot be reached just now.")
            .retryAfter(Duration.ofSeconds(5)),
        cause);
  }

  /// A part of the service cannot be reached; the client should come again.
  public static ProblemException unavailable(String detail, Throwable cause) {
    return new ProblemException(
        new Problem(ProblemCode.SERVICE_UNAVAILABLE, detail).retryAfter(Duration.ofSeconds(2)),
        cause);
  }

  /// One field breaks a rule.
  public static ProblemException invalid(String field, String rule) {
    return new ProblemException(
        new Problem(ProblemCode.VALIDATION_FAILED, field + ": " + rule).with("field", field));
  }

  /// What to answer.
  public Problem problem() {
    return problem;
  }
}
