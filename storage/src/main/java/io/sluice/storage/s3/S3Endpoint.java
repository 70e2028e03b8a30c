package io.sluice.storage.s3;

import java.net.URI;
import java.util.Optional;

/// One S3 service and how to speak to it.
///
/// @param region its region; what stores without regions call one is up to them (R2: `auto`)
/// @param uri its address; empty for AWS, whose address follows from the region
/// @param pathStyle whether the bucket goes into the path instead of the host name
/// @param credentials access key and secret; empty for the SDK's chain (environment, profile, instance)
/// @param checksums what the service understands of CRC32C
/// @param maxConnections most connections open at once
public record S3Endpoint(
    String region,
    Optional<URI> uri,
    boolean pathStyle,
    Optional<Credentials> credentials,
    Checksums checksums,
    int maxConnections) {

  /// Who we are.
  ///
  /// @param accessKey may be logged
  /// @param secretKey may not
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[accessKey=" + accessKey + "]";
    }
  }

  /// What a service understands of CRC32C.
  public enum Checksums {
    /// Parts are checked, and so is the whole object, by the combined CRC32C: AWS and those that keep up.
    FULL_OBJECT,
    /// Parts are checked; of the whole only a checksum of checksums is kept: R2.
    COMPOSITE,
    /// None: the service refuses or spoils requests that carry them.
    NONE
  }

  /// Whether both reach the same service as the same user, so that it can copy from one to the other.
  boolean sameServiceAs(S3Endpoint other) {
    return region.equals(other.region)
        && uri.equals(other.uri)
        && credentials.equals(other.credentials);
  }
}
