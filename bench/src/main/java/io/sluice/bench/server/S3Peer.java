package io.sluice.bench.server;

import io.sluice.embedded.s3.S3Server;
import io.sluice.storage.s3.S3Connection;
import io.sluice.storage.s3.S3Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// The S3 server that Sluice stores into as well, reached straight by the AWS SDK with the very settings that Sluice
/// gives it. What is counted is the server's process: the client is this one.
public final class S3Peer implements Server {

  private static final int CONNECTIONS = 64;

  private final S3Server server;
  private final S3Connection connection;

  private S3Peer(S3Server server, S3Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  /// Starts one whose files are all in this directory.
  public static S3Peer start(Path directory) throws IOException {
    S3Server server = S3Server.start(directory, 0);
    return new S3Peer(
        server,
        S3Connection.open(
            new S3Endpoint(
                "us-east-1",
                Optional.of(server.endpoint()),
                true,
                Optional.of(new S3Endpoint.Credentials(server.accessKey(), server.secretKey())),
                S3Endpoint.Checksums.FULL_OBJECT,
                CONNECTIONS)));
  }

  /// The SDK's client.
  public S3Client client() {
    return connection.client();
  }

  /// What a Sluice must be told to store into it.
  public Map<String, String> environment() {
    return Map.of(
        "STORAGE_BACKEND",
        "s3",
        "S3_BUCKET",
        S3Server.BUCKET,
        "S3_PATH_STYLE",
        "true",
        "AWS_REGION",
        "us-east-1",
        "AWS_ENDPOINT_URL",
        server.endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        server.accessKey(),
        "AWS_SECRET_ACCESS_KEY",
        server.secretKey());
  }

  @Override
  public String name() {
    return "AWS SDK";
  }

  @Override
  public URI base() {
    return server.endpoint();
  }

  @Override
  public Usage usage() {
    return new ProcessTree(server.pid()).usage();
  }

  @Override
  public void close() throws IOException {
    connection.close();
    server.close();
  }
}
