package io.sluice.embedded.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.host.Host;
import io.sluice.embedded.process.ProcessIdentity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// What is left of the S3 server after `kill -9`.
class S3CrashIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void objectsAndKeysAreFoundAgainAfterItsParentWasKilled() throws Exception {
    try (Host host = Host.of("s3", directory)) {
      put(host.address(), "object", "content");
      host.kill();
      await().atMost(SOON).until(() -> ProcessIdentity.of(host.serverPid()).isEmpty());
    }
    assertFoundAgain();
  }

  @Test
  void oneThatOutlivedItsParentIsReplaced() throws Exception {
    try (Host host = Host.leavingOrphans("s3", directory)) {
      host.kill();
      put(host.address(), "object", "content");
      assertFoundAgain();
      assertThat(ProcessIdentity.of(host.serverPid())).isEmpty();
    }
  }

  private void put(String address, String key, String content) throws Exception {
    String secret = Files.readString(directory.resolve("secret-key")).strip();
    try (S3Client s3 = Clients.of(URI.create(address), "sluice", secret)) {
      s3.putObject(put -> put.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(content));
    }
  }

  private void assertFoundAgain() throws Exception {
    try (S3Server again = S3Server.start(directory, 0);
        S3Client s3 = Clients.of(again)) {
      assertThat(
              s3.getObjectAsBytes(get -> get.bucket(S3Server.BUCKET).key("object")).asUtf8String())
          .isEqualTo("content");
    }
  }
}
