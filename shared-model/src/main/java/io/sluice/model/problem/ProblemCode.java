package io.sluice.model.problem;

import java.util.Locale;

/// Everything that can be refused, with its HTTP status and title. The constant's name in lower case is
/// the word on the wire (`error_code`), in logs, in the metric tag `code`, and in docs/errors.md.
public enum ProblemCode {
  MALFORMED_REQUEST(400, "The request cannot be read"),
  CHUNK_INDEX_OUT_OF_BOUNDS(400, "There is no chunk with this index"),
  CHUNK_LENGTH_MISMATCH(400, "The body does not have the chunk's length"),
  CHECKSUM_MISMATCH(400, "The body does not match its checksum"),
  FILE_NAME_MISSING(400, "The file has no name"),
  UNAUTHENTICATED(401, "Credentials are missing or wrong"),
  FORBIDDEN(403, "The credentials do not allow this"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "No acceptable representation"),
  REQUEST_TIMEOUT(408, "The body did not arrive in time"),
  CHUNK_CONFLICT(409, "Other bytes were acknowledged for this chunk"),
  UPLOAD_NOT_ACTIVE(409, "The upload does not accept this in its present state"),
  MISSING_CHUNKS(409, "Chunks are missing"),
  FILE_CHECKSUM_MISMATCH(409, "The file does not match its declared checksum"),
  UPLOAD_NOT_COMPLETED(409, "The upload is not completed"),
  UPLOAD_ALREADY_COMPLETED(409, "The upload is completed"),
  DEAD_LETTER_NOT_REPLAYABLE(409, "The job cannot be done again"),
  SWEEP_CHANGED(409, "The sweep would remove another number by now"),
  PLACE_NOT_ADOPTABLE(409, "The place cannot be taken over"),
  IDEMPOTENCY_CONFLICT(409, "The idempotency key was used for another request"),
  IDEMPOTENCY_IN_PROGRESS(409, "A request with this idempotency key is in progress"),
  PRECONDITION_FAILED(412, "A precondition does not hold"),
  PAYLOAD_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not accepted"),
  RANGE_NOT_SATISFIABLE(416, "The range lies outside the file"),
  VALIDATION_FAILED(422, "A value breaks a rule"),
  THROTTLED(429, "Too much at once"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  SERVICE_UNAVAILABLE(503, "A part of the service is unavailable"),
  STORAGE_UNAVAILABLE(503, "The object store is unavailable"),
  STAGING_FULL(507, "Staging is full");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// A constant sentence for people.
  public String title() {
    return title;
  }

  /// The word for machines.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The problem type of RFC 9457, section 3.1.1.
  public String type() {
    return "urn:sluice:problem:" + wire();
  }
}
