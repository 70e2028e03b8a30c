package io.sluice.storage;

import io.sluice.storage.s3.S3Encryption;
import io.sluice.storage.s3.S3Endpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The S3 service for objects, for staging, or for both.
///
/// @param bucket bucket of the objects
/// @param region the service's region
/// @param endpoint its address; Amazon's if not set
/// @param pathStyle whether the bucket goes into the path, for services without wildcard DNS
/// @param accessKey who we are; the AWS chain of environment, profile and instance if not set
/// @param secretKey belongs to it
/// @param prefix what the key of every object begins with
/// @param sse `AES256` or `aws:kms`; the bucket's default if not set
/// @param kmsKeyId key for `aws:kms`; the account's default if not set
/// @param checksums what the service understands of CRC32C
/// @param maxConnections most connections to the service
@ConfigurationProperties("sluice.s3")
record S3Settings(
    @Nullable String bucket,
    @DefaultValue("us-east-1") String region,
    @Nullable String endpoint,
    @DefaultValue("false") boolean pathStyle,
    @Nullable String accessKey,
    @Nullable String secretKey,
    @DefaultValue("") String prefix,
    @Nullable String sse,
    @Nullable String kmsKeyId,
    @DefaultValue("full-object") S3Endpoint.Checksums checksums,
    @DefaultValue("128") int maxConnections) {

  S3Settings {
    bucket = Property.blankIsUnset(bucket);
    endpoint = Property.blankIsUnset(endpoint);
    accessKey = Property.blankIsUnset(accessKey);
    secretKey = Property.blankIsUnset(secretKey);
    sse = Property.blankIsUnset(sse);
    kmsKeyId = Property.blankIsUnset(kmsKeyId);
    prefix = Property.prefix("sluice.s3.prefix", prefix);
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException(
          "sluice.s3.access-key and sluice.s3.secret-key must be set together");
    }
    if (region.isBlank()) {
      throw new IllegalArgumentException("sluice.s3.region must not be empty");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "sluice.s3.max-connections must be at least 1, is " + maxConnections);
    }
    var _ = Property.endpoint("sluice.s3.endpoint", endpoint);
    var _ = encryption(sse, kmsKeyId);
  }

  S3Endpoint service() {
    Optional<S3Endpoint.Credentials> credentials =
        accessKey == null || secretKey == null
            ? Optional.empty()
            : Optional.of(new S3Endpoint.Credentials(accessKey, secretKey));
    return new S3Endpoint(
        region,
        Property.endpoint("sluice.s3.endpoint", endpoint),
        pathStyle,
        credentials,
        checksums,
        maxConnections);
  }

  S3Encryption encryption() {
    return encryption(sse, kmsKeyId);
  }

  private static S3Encryption encryption(@Nullable String sse, @Nullable String kmsKeyId) {
    if (kmsKeyId != null && !"aws:kms".equals(sse)) {
      throw new IllegalArgumentException(
          "sluice.s3.kms-key-id needs sluice.s3.sse to be aws:kms, it is " + sse);
    }
    if (sse == null) {
      return S3Encryption.BUCKET_DEFAULT;
    }
    S3Encryption.Algorithm algorithm =
        switch (sse) {
          case "AES256" -> S3Encryption.Algorithm.AES256;
          case "aws:kms" -> S3Encryption.Algorithm.KMS;
          default ->
              throw new IllegalArgumentException(
                  "sluice.s3.sse must be AES256 or aws:kms, is " + sse);
        };
    return new S3Encryption(Optional.of(algorithm), Optional.ofNullable(kmsKeyId));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "S3Settings[bucket=%s, region=%s, endpoint=%s]".formatted(bucket, region, endpoint);
  }
}
