package io.sluice.storage.s3;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import java.util.Optional;
import java.util.UUID;

/// The shared S3 server, as the stores reach it. Each caller gets a prefix of its own.
final class RealS3 {

  private static final S3Connection CONNECTION = S3Connection.open(endpoint());

  private RealS3() {}

  static S3Endpoint endpoint() {
    S3Server server = EmbeddedStack.s3();
    return new S3Endpoint(
        "us-east-1",
        Optional.of(server.endpoint()),
        true,
        Optional.of(new S3Endpoint.Credentials(server.accessKey(), server.secretKey())),
        S3Endpoint.Checksums.FULL_OBJECT,
        50);
  }

  static S3Connection connection() {
    return CONNECTION;
  }

  static S3Bucket bucket() {
    return new S3Bucket(CONNECTION, S3Server.BUCKET, "it-" + UUID.randomUUID() + "/");
  }
}
