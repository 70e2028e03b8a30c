package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parts that take longer than the lock of their record.
class PartLeasesIT {

  @TempDir static Path directory;
  private static Worker slow;
  private static Worker other;

  private final CountDownLatch storeAnswers = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void start() {
    slow = Worker.local(directory);
    other = slow.another();
  }

  @AfterAll
  static void stop() {
    other.close();
    slow.close();
  }

  @BeforeEach
  void calm() {
    slow.store.heal();
    other.store.heal();
    other.store.forgetCalls();
    slow.store.before(Op.STORE_PART, this::awaitStore);
  }

  @Test
  void aPartInHandForLongIsNotBegunByTheNextWhoGetsItsRecord() throws Exception {
    TestUpload upload = upload();
    Future<JobOutcome> first = deliver(upload);

    renew();
    assertThat(chunk(upload).nextAttemptAt()).as("lease of a part just taken").isNull();
    renew();
    assertThat(chunk(upload).nextAttemptAt()).as("lease").isNotNull();
    assertThat(chunk(upload).enqueuedAt()).as("in the books as lost").isNull();
    assertThat(other.deliverAgain(upload.job(0))).isEqualTo(JobOutcome.DONE);
    assertThat(other.store.calls(Op.STORE_PART)).isZero();

    storeAnswers.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(JobOutcome.DONE);
    assertThat(chunk(upload).status()).hasToString("STORED");
    assertThat(chunk(upload).nextAttemptAt()).isNull();
    assertThat(upload.storedChunks()).isOne();
  }

  /// A worker that froze: nobody renews, and its lease runs out.
  @Test
  void aLeaseThatRanOutKeepsNobodyAndTheSleeperChangesNothing() throws Exception {
    TestUpload upload = upload();
    Future<JobOutcome> frozen = deliver(upload);
    renew();
    renew();
    upload.setChunk(0, "next_attempt_at = now() - interval '1 second'");

    assertThat(other.deliver(upload.job(0))).isEqualTo(JobOutcome.DONE);
    assertThat(chunk(upload).status()).hasToString("STORED");

    storeAnswers.countDown();
    assertThat(frozen.get(20, TimeUnit.SECONDS)).isEqualTo(JobOutcome.DONE);
    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(upload.storedChunks()).isOne();
  }

  @Test
  void aWorkerThatStopsGivesItsLeasesBack() throws Exception {
    TestUpload upload = upload();
    Future<JobOutcome> stopping = deliver(upload);
    renew();
    renew();

    stopping.cancel(true);

    await()
        .until(() -> {
          other.deliverAgain(upload.job(0));
          return upload.chunkStatuses().getFirst().equals("STORED");
        });
    assertThat(upload.storedChunks()).isOne();
  }

  private static TestUpload upload() {
    TestUpload upload = slow.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    return upload;
  }

  /// Delivers to the slow worker, and returns once it is in the store's hands.
  private Future<JobOutcome> deliver(TestUpload upload) {
    slow.store.forgetCalls();
    Future<JobOutcome> delivery = threads.submit(() -> slow.deliver(upload.job(0)));
    await().until(() -> slow.store.calls(Op.STORE_PART) == 1);
    return delivery;
  }

  private static void renew() {
    slow.bean(PartLeases.class).renew();
  }

  private static ChunkRow chunk(TestUpload upload) {
    return upload.chunks().getFirst();
  }

  private void awaitStore() throws IOException {
    try {
      assertThat(storeAnswers.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
