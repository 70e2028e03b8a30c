package io.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.testing.Worker;
import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.QueueBacklog;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A parked job, tried again because somebody asks.
class ReplayIT {

  private static final GatewayUnderTest GATEWAY = GatewayUnderTest.start();

  private final Client admin = GATEWAY.as(GatewayUnderTest.ADMIN);
  private final Client ann = GATEWAY.as(GatewayUnderTest.ANN);

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  @Test
  void aChunkThatIsStillStagedIsStoredAgain() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofChunk(GATEWAY, upload, 1);
    long jobs = jobs(Lane.HEAVY);

    Answer answer = admin.send("POST", letter.path(), BodyPublishers.noBody());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().propertyNames()).containsExactly("id", "status", "replayed_at");
    assertThat(answer.text("id")).isEqualTo(letter.id().toString());
    assertThat(answer.text("status")).isEqualTo("REPLAYED");
    ChunkRow chunk = chunk(upload, 1);
    assertThat(chunk.status()).isEqualTo(ChunkStatus.STAGED);
    assertThat(chunk.enqueuedAt()).isNotNull();
    assertThat(chunk.attempts()).isZero();
    assertThat(chunk.lastError()).isNull();
    assertThat(letter.isReplayed()).isTrue();
    assertThat(jobs(Lane.HEAVY)).isEqualTo(jobs + 1);
  }

  @Test
  void askedTwiceItIsDoneOnce() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofChunk(GATEWAY, upload, 1);
    Answer first = admin.post(letter.path(), "");
    new Worker(GATEWAY).store(upload.id());
    long jobs = jobs(Lane.HEAVY);

    Answer second = admin.post(letter.path() + "/", "");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(chunk(upload, 1).status()).isEqualTo(ChunkStatus.STORED);
    assertThat(jobs(Lane.HEAVY)).isEqualTo(jobs);
  }

  @Test
  void askedByManyAtOnceItIsDoneOnce() throws Exception {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofChunk(GATEWAY, upload, 2);
    long jobs = jobs(Lane.HEAVY);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> ask = () -> admin.post(letter.path(), "");
      for (Future<Answer> answer : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask))) {
        assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
      }
    }

    assertThat(chunk(upload, 2).status()).isEqualTo(ChunkStatus.STAGED);
    assertThat(jobs(Lane.HEAVY)).isEqualTo(jobs + 1);
  }

  @Test
  void aDamagedChunkThatItsClientHasSentAgainIsLeftAlone() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofDamaged(GATEWAY, upload, 0);
    assertThat(upload.send(0).status()).isEqualTo(202);
    assertThat(letter.isResolved()).isTrue();
    ChunkRow before = chunk(upload, 0);
    long jobs = jobs(Lane.HEAVY);

    assertRefused(letter, "dead_letter_not_replayable");

    assertThat(chunk(upload, 0)).isEqualTo(before);
    assertThat(jobs(Lane.HEAVY)).isEqualTo(jobs);
  }

  /// Whether its bytes are back, a worker finds out.
  @Test
  void aDamagedChunkIsLookedForAtOnce() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofDamaged(GATEWAY, upload, 1);

    assertThat(admin.post(letter.path(), "").status()).isEqualTo(200);

    ChunkRow chunk = chunk(upload, 1);
    assertThat(chunk.status()).isEqualTo(ChunkStatus.DAMAGED);
    assertThat(chunk.nextAttemptAt()).isBeforeOrEqualTo(databaseTime());
    assertThat(letter.isReplayed()).isTrue();
  }

  @Test
  void everythingThatIsParkedIsDueWithOneCall() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter part = DeadLetter.ofChunk(GATEWAY, upload, 1);
    DeadLetter damaged = DeadLetter.ofDamaged(GATEWAY, upload, 2);
    TestUpload whole = TestUpload.begin(ann, 250, 100).sendAll();
    new Worker(GATEWAY).store(whole.id());
    failedRounds(whole, "COMPLETING");
    DeadLetter joining = DeadLetter.of(GATEWAY, "FINALIZE_UPLOAD", whole.id(), null);
    DeadLetter unreadable = DeadLetter.of(GATEWAY, "UNREADABLE", null, null);

    Answer answer = admin.post("/v1/admin/dead-letters/replay", "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("replayed").intValue()).isGreaterThanOrEqualTo(3);
    assertThat(List.of(part, damaged, joining)).allMatch(DeadLetter::isReplayed);
    assertThat(unreadable.isReplayed()).isFalse();
    assertThat(chunk(upload, 1).nextAttemptAt()).isBefore(databaseTime().plusSeconds(3));
    assertThat(chunk(upload, 2).nextAttemptAt()).isBefore(databaseTime().plusSeconds(3));
    assertThat(
            GATEWAY
                .database()
                .sql(
                    "select next_attempt_at <= now() + interval '3 seconds' from uploads where id = :id")
                .param("id", whole.id())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void anUploadThatHasEndedStaysAsItIs() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    DeadLetter letter = DeadLetter.ofChunk(GATEWAY, upload, 1);
    ann.delete(upload.path());

    assertRefused(letter, "upload_not_active");
    assertRefused(
        DeadLetter.of(GATEWAY, "FINALIZE_UPLOAD", upload.id(), null), "upload_not_active");
    assertRefused(DeadLetter.of(GATEWAY, "STORE_PART", UUID.randomUUID(), 0), "upload_not_active");

    assertThat(upload.statusWord()).isEqualTo("ABORTED");
  }

  @Test
  void aMessageThatNobodyCouldReadIsNotReplayable() {
    assertRefused(DeadLetter.of(GATEWAY, "UNREADABLE", null, null), "dead_letter_not_replayable");
  }

  @Test
  void anUploadIsFinalisedAgain() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    new Worker(GATEWAY).store(upload.id());
    failedRounds(upload, "COMPLETING");
    DeadLetter letter = DeadLetter.of(GATEWAY, "FINALIZE_UPLOAD", upload.id(), null);

    assertEnqueuedAgain(letter, upload);
  }

  @Test
  void anUploadIsPurgedAgain() {
    TestUpload upload = TestUpload.begin(ann, 250, 100).sendAll();
    ann.delete(upload.path());
    failedRounds(upload, "ABORTED");
    DeadLetter letter = DeadLetter.of(GATEWAY, "PURGE_UPLOAD", upload.id(), null);

    assertEnqueuedAgain(letter, upload);
  }

  @Test
  void anUploadThatIsPurgedNeedsNoPurge() {
    TestUpload upload = TestUpload.begin(ann, 250, 100);
    ann.delete(upload.path());
    update(upload, "update uploads set purged_at = now(), enqueued_at = null where id = :id");
    DeadLetter letter = DeadLetter.of(GATEWAY, "PURGE_UPLOAD", upload.id(), null);
    long jobs = jobs(Lane.LIGHT);

    assertThat(admin.post(letter.path(), "").status()).isEqualTo(200);

    assertThat(letter.isReplayed()).isTrue();
    assertThat(jobs(Lane.LIGHT)).isEqualTo(jobs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0199aaaa-0000-7000-8000-000000000000", "1", "1-1-1-1-1", "null"})
  void aLetterThatIsNotThereIsNotFound(String id) {
    Answer answer = admin.post("/v1/admin/dead-letters/" + id + "/replay", "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
  }

  private void assertRefused(DeadLetter letter, String code) {
    Answer answer = admin.post(letter.path(), "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(letter.isReplayed()).isFalse();
  }

  private void assertEnqueuedAgain(DeadLetter letter, TestUpload upload) {
    long jobs = jobs(Lane.LIGHT);
    assertThat(admin.post(letter.path(), "").status()).isEqualTo(200);
    assertThat(admin.post(letter.path(), "").status()).isEqualTo(200);
    assertThat(jobs(Lane.LIGHT)).isEqualTo(jobs + 1);
    assertThat(
            GATEWAY
                .database()
                .sql(
                    """
                    select attempts = 0 and enqueued_at is not null and next_attempt_at is null
                        and last_error is null
                    from uploads where id = :id
                    """)
                .param("id", upload.id())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private static void failedRounds(TestUpload upload, String status) {
    update(
        upload,
        """
        update uploads set status = '%s', attempts = 30, enqueued_at = null, last_error = 'x',
            first_failed_at = now(), next_attempt_at = now() + interval '1 minute'
        where id = :id
        """
            .formatted(status));
  }

  private static void update(TestUpload upload, String sql) {
    GATEWAY.database().sql(sql).param("id", upload.id()).update();
  }

  private static ChunkRow chunk(TestUpload upload, int index) {
    return GATEWAY.bean(Chunks.class).range(upload.id(), index, index).getFirst();
  }

  private static Instant databaseTime() {
    return GATEWAY.database().sql("select now()").query(OffsetDateTime.class).single().toInstant();
  }

  private static long jobs(Lane lane) {
    return GATEWAY.bean(QueueBacklog.class).count(lane).orElseThrow().everEnqueued();
  }
}
