package io.sluice.storage.s3;

import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.BodyLengthException;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What the failures of an S3 client mean to the callers of a store.
///
/// "Refused" is every answer that says no and that the same request will hear again: a limit, a policy, a key
/// service, a missing bucket, wrong credentials, a redirect. Somebody has to mend something, and is told at
/// once. It ends nothing: whether it is about this request or about every one, a probe finds out.
final class S3Failures {

  private static final Set<String> THROTTLING =
      Set.of(
          "SlowDown",
          "TooManyRequests",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "RequestThrottled",
          "BandwidthLimitExceeded",
          "ServiceUnavailable");

  /// Refusals that another attempt may well turn into an answer.
  private static final Set<String> PASSING =
      Set.of(
          "BadDigest", // damaged on the way: the bytes were verified before they were sent
          "XAmzContentChecksumMismatch",
          "XAmzContentSHA256Mismatch",
          "IncompleteBody",
          "RequestTimeout",
          "ExpiredToken", // another is asked for
          "TokenRefreshRequired",
          "OperationAborted",
          "ConditionalRequestConflict");

  /// A request of ours.
  interface Request<T> {
    T send() throws IOException;
  }

  private S3Failures() {}

  /// Sends a request and names its failure.
  static <T> T named(String act, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (SdkException | UncheckedIOException e) {
      throw explain(act, e);
    }
  }

  static IOException explain(String act, RuntimeException failure) {
    IOException own = ownCause(failure);
    if (own != null) {
      return own;
    }
    if (!(failure instanceof AwsServiceException answer)) {
      return new StoreUnavailableException("no answer: " + act, failure);
    }
    String code = code(answer).orElse("");
    String what = "%s: %d %s".formatted(act, answer.statusCode(), code);
    if (code.equals("NoSuchUpload")) {
      return new MultipartGoneException(what, failure);
    }
    if (answer.statusCode() == 429 || THROTTLING.contains(code)) {
      return StoreUnavailableException.throttled(what, failure);
    }
    return passes(answer.statusCode(), code)
        ? new StoreUnavailableException(what, failure)
        : new StoreRefusedException(what, failure);
  }

  /// An error code in an answer of 200 comes with that status; only "internal error" is known to.
  private static boolean passes(int status, String code) {
    boolean serverError = status >= 500 && status != 501;
    boolean notReallyAnAnswer = status < 300;
    return serverError || notReallyAnAnswer || status == 408 || PASSING.contains(code);
  }

  /// Whether an explained failure says that there is no object under a key.
  static boolean isMissingKey(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer
        && answer.statusCode() == 404
        && !code(answer).equals(Optional.of("NoSuchBucket"));
  }

  /// Whether an explained failure says that an object is there which should not be.
  static boolean isTaken(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer && answer.statusCode() == 412;
  }

  /// Whether an explained failure says that a part which was named is not there, or has another tag.
  static boolean isInvalidPart(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer
        && code(answer).equals(Optional.of("InvalidPart"));
  }

  /// Whether an explained failure says that a request was too large, by the service or by a proxy before it.
  static boolean isTooLarge(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer
        && (answer.statusCode() == 413 || code(answer).equals(Optional.of("EntityTooLarge")));
  }

  /// Whether an explained failure says that the service cannot do what was asked at all.
  static boolean isUnsupported(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer
        && (answer.statusCode() == 501 || code(answer).equals(Optional.of("NotImplemented")));
  }

  /// Whether an explained failure says that the service has no room.
  static boolean isFull(IOException explained) {
    return explained.getCause() instanceof AwsServiceException answer
        && (answer.statusCode() == 507
            || code(answer)
                .filter(Set.of("QuotaExceeded", "InsufficientStorage")::contains)
                .isPresent());
  }

  static Optional<String> code(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }

  /// What our own streams threw while the client was reading them, or the answer already named.
  private static @Nullable IOException ownCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BodyLengthException own -> {
          return own;
        }
        case BodyReadException own -> {
          return own;
        }
        case StagedBytesDamagedException own -> {
          return own;
        }
        case StagedBytesMissingException own -> {
          return own;
        }
        case StoreUnavailableException own -> {
          return own;
        }
        case StoreRefusedException own -> {
          return own;
        }
        default -> {}
      }
    }
    return null;
  }
}
