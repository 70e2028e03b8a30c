package io.sluice.storage;

import io.sluice.storage.s3.S3Endpoint;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Cloudflare R2, which is S3 with an address made of the account, one region, and checksums of parts
/// only (R2 documentation, "S3 API compatibility").
///
/// @param bucket bucket of the objects
/// @param accountId makes the address
/// @param accessKeyId who we are
/// @param secretAccessKey belongs to it
/// @param endpoint the address, for a jurisdiction of its own
@ConfigurationProperties("sluice.r2")
record R2Settings(
    @Nullable String bucket,
    @Nullable String accountId,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String endpoint) {

  R2Settings {
    bucket = Property.blankIsUnset(bucket);
    accountId = Property.blankIsUnset(accountId);
    accessKeyId = Property.blankIsUnset(accessKeyId);
    secretAccessKey = Property.blankIsUnset(secretAccessKey);
    endpoint = Property.blankIsUnset(endpoint);
  }

  S3Endpoint service(int maxConnections) {
    return new S3Endpoint(
        "auto",
        Optional.of(address()),
        true,
        Optional.of(
            new S3Endpoint.Credentials(
                Property.required("sluice.r2.access-key-id", accessKeyId),
                Property.required("sluice.r2.secret-access-key", secretAccessKey))),
        S3Endpoint.Checksums.COMPOSITE,
        maxConnections);
  }

  private URI address() {
    Optional<URI> given = Property.endpoint("sluice.r2.endpoint", endpoint);
    if (given.isPresent()) {
      return given.get();
    }
    String account = Property.required("sluice.r2.account-id, or sluice.r2.endpoint,", accountId);
    if (!account.matches("[0-9A-Za-z-]+")) {
      throw new IllegalArgumentException("sluice.r2.account-id is not an account: " + account);
    }
    return URI.create("https://" + account + ".r2.cloudflarestorage.com");
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "R2Settings[bucket=%s, accountId=%s, endpoint=%s]"
        .formatted(bucket, accountId, endpoint);
  }
}
