package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.fault.RedisFaults;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.proxy.S3Operation;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.acceptance.workload.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Servers that go away and come back.
@ExtendWith(HealedAndAudited.class)
class ServerBreaksIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final Running running;

  ServerBreaksIT() throws IOException {
    running = Running.system();
  }

  @Test
  @Row("Redis stopped or flushed")
  void uploadsGoOnWithoutRedis() throws Exception {
    running.processes().servers().redis().kill();
    ManualUpload upload = running.upload(3);

    upload.sendAll();

    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("Redis stopped or flushed")
  void uploadsGoOnWhenRedisForgetsEverything() throws Exception {
    ManualUpload upload = running.upload(running.gateways(), 60_000, 1000);
    for (int index = 0; index < upload.totalChunks(); index++) {
      assertThat(upload.send(index).status()).isEqualTo(202);
      if (index % 10 == 5) {
        RedisFaults.flush(running.processes().servers().redisServer());
      }
    }

    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("object store stopped")
  void aDeadStoreCostsNoRetriesAndNothingThatWasAcknowledged() throws Exception {
    running.s3().down(true);
    ManualUpload upload = running.upload(3);
    upload.sendAll();
    upload.complete("respond-async");
    int before = requests();
    await().pollDelay(Duration.ofSeconds(12)).atMost(ENOUGH).until(() -> true);
    int whileDown = requests() - before;

    // A circuit breaker asks now and then; retries would ask thousands of times.
    assertThat(whileDown).isLessThan(300);
    assertThat(running.chunks(upload.id()))
        .allSatisfy(chunk -> assertThat(chunk.status()).isEqualTo("STAGED"))
        .extracting(ChunkFact::attempts)
        .allSatisfy(attempts -> assertThat(attempts).isLessThanOrEqualTo(3));
    running.s3().down(false);

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  private int requests() {
    int all = 0;
    for (S3Operation operation : S3Operation.values()) {
      all += running.s3().requests(operation);
    }
    return all;
  }

  @Test
  @Row("PostgreSQL stopped")
  void nothingIsAcknowledgedWithoutPostgresqlAndAllHealsByItself() throws Exception {
    ManualUpload upload = running.upload(2);
    upload.send(0);
    Member postgres = running.processes().servers().postgres();
    postgres.stop();

    Reply reply = upload.send(1);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("service_unavailable");
    assertThat(reply.retryAfterSeconds().orElse(0)).isPositive();
    await().atMost(Duration.ofSeconds(10)).until(() -> !running.gateway(0).saysReady());
    postgres.start();
    long back = System.nanoTime();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> running.processes().services(Role.GATEWAY).stream().allMatch(g -> g.saysReady()));
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(10))
        .until(() -> upload.send(1).status() == 202);
    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(10));
    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    assertThat(upload.downloadsIdentical()).isTrue();
  }
}
