package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.proxy.S3Fault;
import io.sluice.acceptance.proxy.S3Operation;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.acceptance.workload.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The end of an upload, and stores that lie about it.
@ExtendWith(HealedAndAudited.class)
class CompletionBreaksIT {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private final Running running;

  CompletionBreaksIT() throws IOException {
    running = Running.system();
  }

  @Test
  @Row("COMPLETING, then anything")
  void anAcceptedCompletionIsFinishedWithoutItsClient() throws Exception {
    running.gateway(0).failpoints("gateway.completing-committed=halt");
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    await().atMost(ENOUGH).until(() -> upload.storedChunks() == 2);

    try {
      upload.through(running.only(running.gateway(0))).complete("respond-async");
    } catch (IOException died) {
      // Its connections end a moment before its last thread.
      await().atMost(ENOUGH).until(() -> !running.gateway(0).isAlive());
    }
    for (Member member : running.processes().members()) {
      member.kill();
    }
    running.processes().start();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  static List<S3Fault> completions() {
    return List.of(
        new S3Fault.SwallowReply(),
        new S3Fault.ErrorInside200("InternalError"),
        new S3Fault.LieAfterEffect(404, "NoSuchUpload"),
        new S3Fault.LieAfterEffect(500, "InternalError"),
        new S3Fault.Refuse(503, "SlowDown"),
        new S3Fault.Replay());
  }

  @ParameterizedTest
  @MethodSource("completions")
  @Row("CompleteMultipartUpload, no or a wrong answer")
  void theObjectAndNotTheAnswerDecides(S3Fault fault) throws Exception {
    running.s3().next(S3Operation.COMPLETE_MULTIPART_UPLOAD, fault, fault);
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    upload.complete("respond-async");

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("CompleteMultipartUpload, no or a wrong answer")
  void noUploadIsCompletedWithoutItsObject() throws Exception {
    S3Fault lie = new S3Fault.ErrorInside200("InternalError");
    running.s3().probability(1, 0);
    running.s3().sometimes(S3Operation.COMPLETE_MULTIPART_UPLOAD, List.of(lie));
    int before = running.s3().requests(S3Operation.COMPLETE_MULTIPART_UPLOAD);
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    upload.complete("respond-async");

    await()
        .atMost(ENOUGH)
        .until(() -> running.s3().requests(S3Operation.COMPLETE_MULTIPART_UPLOAD) > before + 3);
    assertThat(upload.state()).isEqualTo("COMPLETING");
    running.s3().heal();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("abort and complete at once")
  void exactlyOneOfAbortAndCompleteWins() throws Exception {
    for (int round = 0; round < 8; round++) {
      ManualUpload upload = running.upload(running.gateways(), 3000, 1000);
      upload.sendAll();
      List<Reply> replies = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Reply> abort =
            threads.submit(() -> upload.through(running.only(running.gateway(0))).abort());
        Future<Reply> complete =
            threads.submit(
                () -> upload.through(running.only(running.gateway(1))).complete("wait=20"));
        replies.add(abort.get());
        replies.add(complete.get());
      }
      boolean aborted = replies.get(0).status() == 204;
      boolean completed = replies.get(1).status() == 200 || replies.get(1).status() == 202;
      assertThat(aborted ^ completed).as("round %d: %s", round, replies).isTrue();
      assertThat(replies.get(aborted ? 1 : 0).status()).isEqualTo(409);
    }
  }

  @Test
  @Row("a part arrives after the abort")
  void aPartThatLandsAfterTheAbortIsAbortedAgain() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    running.s3().next(S3Operation.UPLOAD_PART, new S3Fault.Hold(release));
    ManualUpload upload = running.upload(2);
    upload.send(0);
    await().atMost(ENOUGH).until(() -> running.s3().pending() == 0);

    assertThat(upload.abort().status()).isEqualTo(204);
    await().atMost(ENOUGH).until(() -> running.row(upload.id()).purged());
    release.countDown();

    running.audit();
  }

  @Test
  @Row("the store aborted what it had confirmed")
  void partsThatTheStoreForgotAreTakenFromTheClientAgain() throws Exception {
    ManualUpload upload = running.upload(2);
    upload.sendAll();
    await().atMost(ENOUGH).until(() -> upload.storedChunks() == 2);
    running.abortAtTheStore(running.row(upload.id()));
    assertThat(upload.complete("respond-async").status()).isEqualTo(202);

    await()
        .atMost(ENOUGH)
        .until(() -> running.chunks(upload.id()).stream().allMatch(ChunkFact::isDamaged));
    upload.sendAll();

    await().atMost(ENOUGH).until(() -> upload.state().equals("COMPLETED"));
    assertThat(upload.downloadsIdentical()).isTrue();
  }

  @Test
  @Row("CreateMultipartUpload, id not saved")
  void anUnknownMultipartUploadIsAbortedAfterTheGracePeriod() throws Exception {
    running.s3().next(S3Operation.CREATE_MULTIPART_UPLOAD, new S3Fault.SwallowReply());
    ManualUpload upload = running.upload(2);
    upload.sendAll();

    assertThat(upload.complete("wait=30").status()).isEqualTo(200);
    running.audit();
  }
}
