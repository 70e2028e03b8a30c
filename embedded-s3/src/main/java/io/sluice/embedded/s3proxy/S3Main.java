package io.sluice.embedded.s3proxy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// Runs S3Proxy on a directory until it is told to end. When the port takes connections, the bucket is there.
public final class S3Main {

  private S3Main() {}

  /// Starts the server; see [S3Options#USAGE].
  public static void main(String[] arguments) {
    try {
      start(S3Options.parse(arguments, System.getenv()));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(S3Options.USAGE);
      System.exit(2);
    } catch (Exception failed) {
      System.err.println("cannot start: " + failed);
      System.exit(1);
    }
  }

  private static void start(S3Options options) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:" + options.port()))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, options.accessKey(), options.secretKey())
            .blobStore(store(options))
            .build();
    server.start();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-s3").unstarted(() -> stop(server)));
  }

  private static BlobStore store(S3Options options) throws IOException {
    Files.createDirectories(options.data());
    BlobStore store = new FilesystemNio2BlobStore(options.data().toString());
    if (!store.containerExists(options.bucket())) {
      store.createContainer(options.bucket());
    }
    return store;
  }

  private static void stop(S3Proxy server) {
    try {
      server.stop();
    } catch (Exception failed) {
      System.err.println("did not end in order: " + failed);
    }
  }
}
