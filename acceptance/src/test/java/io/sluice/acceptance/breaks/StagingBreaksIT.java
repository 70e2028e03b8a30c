package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.acceptance.workload.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A chunk between the socket and its row.
@ExtendWith(HealedAndAudited.class)
class StagingBreaksIT {

  private static final Duration SHORT = Duration.ofSeconds(3);

  private final Running running;

  StagingBreaksIT() throws IOException {
    running = Running.system();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging.bytes-written", "gateway.chunk-staged"})
  @Row("some bytes were staged, no row")
  void bytesWithoutARowAreNotAcknowledgedAndGoAfterTheGracePeriod(String failpoint)
      throws Exception {
    diesWithoutARow(failpoint);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"staging.file-synced", "staging.dir-synced"})
  @Row("some bytes were staged, no row")
  void soItIsBetweenThoseSteps(String failpoint) throws Exception {
    diesWithoutARow(failpoint);
  }

  private void diesWithoutARow(String failpoint) throws Exception {
    Service gateway = running.gateway(0);
    ManualUpload upload = running.upload(2);
    gateway.failpoints(failpoint + "=halt");

    assertThatThrownBy(() -> upload.through(running.only(gateway)).send(0))
        .isInstanceOf(IOException.class);

    await().until(() -> !gateway.isAlive());
    assertThat(running.chunks(upload.id())).isEmpty();
    running.heal();
    assertThat(upload.send(0).status()).isEqualTo(202);
    running.audit();
  }

  @Test
  @Row("some bytes were staged, no row")
  void aGatewayThatIsFrozenBetweenBytesAndRowAcknowledgesNothingThatMayBeSwept() throws Exception {
    Service gateway = running.gateway(0);
    ManualUpload upload = running.upload(2);
    // Longer than the commit window.
    gateway.failpoints("gateway.chunk-staged=delay:14000");

    Reply late = upload.through(running.only(gateway)).send(0);

    assertThat(late.status()).isEqualTo(503);
    assertThat(running.chunks(upload.id())).isEmpty();
    gateway.failpoints();
    assertThat(upload.send(0).status()).isEqualTo(202);
  }

  @Test
  @Row("the client did not get the answer")
  void theSameChunkAgainGetsTheSameAnswer() throws Exception {
    Service gateway = running.gateway(0);
    ManualUpload upload = running.upload(2);
    gateway.failpoints("gateway.chunk-committed=delay:6000");

    assertThatThrownBy(() -> upload.through(running.only(gateway)).send(0, SHORT))
        .isInstanceOf(IOException.class);

    assertThat(running.chunks(upload.id())).hasSize(1);
    assertThat(upload.through(running.only(running.gateway(1))).send(0).status()).isEqualTo(202);
    assertThat(running.chunks(upload.id())).hasSize(1);
  }

  @Test
  @Row("staging full")
  void fullStagingAcknowledgesNothingAndHealsWhenSpaceReturns() throws Exception {
    assumeThat(running.hasSmallDisk()).as("mounting a small file system is allowed").isTrue();
    ManualUpload upload = running.upload(2);
    Path ballast = running.processes().storageRoot().resolve("ballast");
    try {
      fill(ballast);

      Reply reply = upload.send(0);

      assertThat(reply.status()).isEqualTo(507);
      assertThat(reply.code()).isEqualTo("staging_full");
      assertThat(running.chunks(upload.id())).isEmpty();
    } finally {
      Files.deleteIfExists(ballast);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> upload.send(0).status() == 202);
    assertThat(upload.send(1).status()).isEqualTo(202);
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
  }

  /// Leaves less than one chunk.
  private static void fill(Path ballast) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(ballast).getUsableSpace() > 3L * megabyte.length) {
        out.write(megabyte);
      }
    }
  }
}
