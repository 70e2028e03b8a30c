package io.sluice.acceptance.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Every answer a store, a gateway in front of it, an ingress or a proxy gives instead of doing what it is asked.
///
/// `NoSuchUpload` is not among them: it is no refusal, but the store's word that parts it acknowledged are gone.
public final class Refusals {

  /// Nobody listens there.
  private static final String NOWHERE = "http://127.0.0.1:1/";

  /// Statuses that come with no, or with anybody's, body.
  private static final List<Integer> STATUSES =
      List.of(
          400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417,
          421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 508,
          511, 520, 522, 529, 599);

  private static final List<Integer> REDIRECTS = List.of(300, 301, 302, 303, 307, 308);

  /// As the error pages of AWS, R2, Ceph, MinIO and SeaweedFS list them, by status.
  private static final List<StoreAnswer> CODES = codes();

  /// All of them.
  public static final List<StoreAnswer> ALL = all();

  private Refusals() {}

  /// One of them.
  public static StoreAnswer draw(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  private static List<StoreAnswer> all() {
    List<StoreAnswer> all = new ArrayList<>(CODES);
    for (int status : STATUSES) {
      all.add(StoreAnswer.empty(status));
      all.add(StoreAnswer.html(status, "Refused"));
    }
    for (int status : REDIRECTS) {
      all.add(StoreAnswer.redirect(status, NOWHERE));
      all.add(StoreAnswer.empty(status));
    }
    // Neither XML nor HTML, and XML of nobody's.
    all.add(answer(400, "application/json", "{\"error\":{\"code\":400}}"));
    all.add(answer(403, "text/plain", "error code: 1020"));
    all.add(answer(500, "application/xml", "<Error><Code></Code></Error>"));
    all.add(answer(503, "application/xml", "<?xml version=\"1.0\"?><Err"));
    return List.copyOf(all);
  }

  private static StoreAnswer answer(int status, String type, String body) {
    return new StoreAnswer(status, type, body, Optional.empty());
  }

  private static List<StoreAnswer> codes() {
    List<StoreAnswer> codes = new ArrayList<>();
    add(codes, 301, "PermanentRedirect");
    add(codes, 307, "TemporaryRedirect");
    add(
        codes,
        400,
        "AuthorizationHeaderMalformed",
        "BadDigest",
        "EntityTooLarge",
        "EntityTooSmall",
        "ExpiredToken",
        "IncompleteBody",
        "InvalidAccessPoint",
        "InvalidArgument",
        "InvalidBucketName",
        "InvalidDigest",
        "InvalidEncryptionAlgorithmError",
        "InvalidLocationConstraint",
        "InvalidObjectName",
        "InvalidPart",
        "InvalidPartOrder",
        "InvalidRequest",
        "InvalidStorageClass",
        "InvalidTag",
        "InvalidToken",
        "InvalidURI",
        "KeyTooLongError",
        "KMS.DisabledException",
        "KMS.InvalidKeyUsageException",
        "KMS.KMSInvalidStateException",
        "KMS.NotFoundException",
        "MalformedXML",
        "MaxMessageLengthExceeded",
        "MetadataTooLarge",
        "MissingSecurityHeader",
        "RequestTimeout",
        "TokenRefreshRequired",
        "UnexpectedContent",
        "UserKeyMustBeSpecified",
        "XAmzContentChecksumMismatch",
        "XAmzContentSHA256Mismatch");
    add(codes, 401, "Unauthorized", "NoSuchAccessPoint");
    add(codes, 402, "PaymentRequired");
    add(
        codes,
        403,
        "AccessDenied",
        "AccountProblem",
        "AllAccessDisabled",
        "InvalidAccessKeyId",
        "InvalidObjectState",
        "InvalidPayer",
        "InvalidSecurity",
        "NotSignedUp",
        "QuotaExceeded",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch");
    add(codes, 404, "NoSuchBucket", "NoSuchKey", "NoSuchVersion", "NotFound");
    add(codes, 405, "MethodNotAllowed");
    add(codes, 408, "RequestTimeout");
    add(codes, 409, "BucketNotEmpty", "ConditionalRequestConflict", "InvalidBucketState");
    add(codes, 409, "OperationAborted");
    add(codes, 411, "MissingContentLength");
    add(codes, 412, "PreconditionFailed");
    add(codes, 413, "EntityTooLarge");
    add(codes, 416, "InvalidRange");
    add(codes, 429, "SlowDown", "TooManyRequests");
    add(codes, 431, "RequestHeaderSectionTooLarge");
    add(codes, 500, "InternalError");
    add(codes, 501, "NotImplemented");
    add(codes, 502, "BadGateway");
    add(codes, 503, "ServiceUnavailable", "SlowDown", "Busy", "XMinioServerNotInitialized");
    add(codes, 504, "GatewayTimeout");
    add(codes, 507, "XMinioStorageFull");
    return List.copyOf(codes);
  }

  private static void add(List<StoreAnswer> to, int status, String... codes) {
    for (String code : codes) {
      to.add(StoreAnswer.xml(status, code));
    }
  }
}
