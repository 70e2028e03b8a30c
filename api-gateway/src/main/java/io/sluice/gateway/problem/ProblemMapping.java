package io.sluice.gateway.problem;

import io.sluice.gateway.request.BodyTooLargeException;
import io.sluice.metadata.commit.DatabaseOutage;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StagingFullException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What an exception of ours, of Spring, of Tomcat, of Jackson or of the database means to a client.
///
/// Nothing of a foreign exception's message is ever shown: it may name classes, paths or SQL.
public final class ProblemMapping {

  private static final int LONGEST_CHAIN = 16;

  private ProblemMapping() {}

  /// The problem that an exception, or one of its causes, stands for; an internal error if none is known.
  public static Problem of(Throwable thrown) {
    Throwable link = thrown;
    for (int i = 0; link != null && i < LONGEST_CHAIN; i++, link = link.getCause()) {
      Problem known = known(link);
      if (known != null) {
        return known;
      }
    }
    return new Problem(
        ProblemCode.INTERNAL_ERROR, "The request failed here; its id finds it in the log.");
  }

  private static @Nullable Problem known(Throwable thrown) {
    return switch (thrown) {
      case ProblemException ours -> ours.problem();
      case BodyTooLargeException tooLarge ->
          new Problem(
              ProblemCode.PAYLOAD_TOO_LARGE,
              "The body may have at most " + tooLarge.maxBytes() + " bytes.");
      case BodyReadException broken -> unreadBody(broken);
      case StagingFullException full ->
          new Problem(ProblemCode.STAGING_FULL, "Staging has no room just now.")
              .retryAfter(Duration.ofSeconds(10));
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case JacksonException json -> json(json);
      case RequestRejectedException rejected ->
          new Problem(ProblemCode.MALFORMED_REQUEST, "The address or a header is not acceptable.");
      case HttpRequestMethodNotSupportedException method -> methodNotAllowed(method);
      case HttpMediaTypeNotSupportedException type -> unsupported(type);
      case TransientDataAccessException away -> databaseAway();
      case RecoverableDataAccessException away -> databaseAway();
      case NonTransientDataAccessResourceException away -> databaseAway();
      case CannotCreateTransactionException away -> databaseAway();
      case TransactionSystemException away -> databaseAway();
      case DataAccessException failed when DatabaseOutage.explains(failed) -> databaseAway();
      case ErrorResponse response -> byStatus(response.getStatusCode().value());
      default -> serverException(thrown.getClass().getSimpleName());
    };
  }

  /// By name: these are Tomcat's, which only the server package may know.
  private static @Nullable Problem serverException(String name) {
    return switch (name) {
      case "InvalidParameterException" ->
          new Problem(ProblemCode.MALFORMED_REQUEST, "The query cannot be read.");
      case "ClientAbortException", "BadRequestException" ->
          new Problem(ProblemCode.MALFORMED_REQUEST, "The body broke off or cannot be read.");
      default -> null;
    };
  }

  /// What an HTTP status that somebody else chose is called in the catalogue.
  static Problem byStatus(int status) {
    return switch (status) {
      case 401 -> new Problem(ProblemCode.UNAUTHENTICATED, "Send valid credentials.");
      case 403 -> new Problem(ProblemCode.FORBIDDEN, "These credentials do not allow this.");
      case 404 -> ProblemException.notFound().problem();
      case 405 ->
          new Problem(ProblemCode.METHOD_NOT_ALLOWED, "This address does not know the method.");
      case 406 ->
          new Problem(ProblemCode.NOT_ACCEPTABLE, "There is no answer in a form that you accept.");
      case 408 -> new Problem(ProblemCode.REQUEST_TIMEOUT, "The request did not arrive in time.");
      case 412 -> new Problem(ProblemCode.PRECONDITION_FAILED, "A precondition does not hold.");
      case 413 -> new Problem(ProblemCode.PAYLOAD_TOO_LARGE, "The body is too large.");
      case 415 ->
          new Problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body's type is not accepted here.");
      case 503 ->
          new Problem(ProblemCode.SERVICE_UNAVAILABLE, "The service is not available just now.")
              .retryAfter(Duration.ofSeconds(2));
      // A coding or a version of HTTP that the server does not know: the client's choice, not our
      // fault.
      case 501, 505 ->
          new Problem(ProblemCode.MALFORMED_REQUEST, "The request is in a form unknown here.");
      // 414 and 431 too: the request cannot be read as far as we are prepared to read.
      default ->
          status >= 500
              ? new Problem(ProblemCode.INTERNAL_ERROR, "The request failed here.")
              : new Problem(ProblemCode.MALFORMED_REQUEST, "The request cannot be read.");
    };
  }

  /// A form is read through layers that each wrap what they met.
  private static Problem unreadBody(BodyReadException broken) {
    Throwable cause = broken.getCause();
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return new Problem(
            ProblemCode.REQUEST_TIMEOUT, "The body did not arrive in time; nothing is kept.");
      }
    }
    return new Problem(ProblemCode.MALFORMED_REQUEST, "The body broke off; nothing is kept.");
  }

  private static Problem unreadable(HttpMessageNotReadableException unreadable) {
    Throwable cause = unreadable.getCause();
    for (int i = 0; cause != null && i < LONGEST_CHAIN; i++, cause = cause.getCause()) {
      Problem known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return new Problem(ProblemCode.MALFORMED_REQUEST, "A JSON body is expected.");
  }

  private static Problem json(JacksonException json) {
    Throwable cause = json.getCause();
    if (cause instanceof BodyTooLargeException tooLarge) {
      return of(tooLarge);
    }
    boolean understood =
        json instanceof DatabindException || json instanceof InputCoercionException;
    String field = field(json);
    if (!understood || field.isEmpty()) {
      return understood
          ? new Problem(ProblemCode.VALIDATION_FAILED, "The body must be a JSON object.")
          : new Problem(ProblemCode.MALFORMED_REQUEST, "The body is not valid JSON.");
    }
    String rule =
        json instanceof UnrecognizedPropertyException ? "is not a known field" : "has a wrong type";
    return new Problem(ProblemCode.VALIDATION_FAILED, field + ": " + rule).with("field", field);
  }

  private static String field(JacksonException json) {
    List<JacksonException.Reference> path = json.getPath();
    return path.stream()
        .map(step -> step.getPropertyName() == null ? "[]" : step.getPropertyName())
        .collect(Collectors.joining("."));
  }

  private static Problem methodNotAllowed(HttpRequestMethodNotSupportedException method) {
    String[] supported = method.getSupportedMethods();
    Problem problem = byStatus(405);
    return supported == null
        ? problem
        : problem.header(HttpHeaders.ALLOW, String.join(", ", supported));
  }

  private static Problem unsupported(HttpMediaTypeNotSupportedException type) {
    Problem problem = byStatus(415);
    List<MediaType> supported = type.getSupportedMediaTypes();
    return supported.isEmpty()
        ? problem
        : problem.header(HttpHeaders.ACCEPT, MediaType.toString(supported));
  }

  private static Problem databaseAway() {
    return new Problem(ProblemCode.SERVICE_UNAVAILABLE, "The database cannot be reached just now.")
        .retryAfter(Duration.ofSeconds(2));
  }
}
