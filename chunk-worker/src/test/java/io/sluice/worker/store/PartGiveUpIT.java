package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import io.sluice.worker.retry.GiveUpCause;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.support.TransactionTemplate;

/// What giving up a part does to chunks that arrive at the same moment.
class PartGiveUpIT {

  /// How a gateway acknowledges a chunk.
  private static final String COMMIT_CHUNK =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
      select id, :index, 100, 1, 1, 'late', 'STAGED' from uploads
      where id = :id and status = 'IN_PROGRESS' for key share
      """;

  private static final String WAITS_FOR_A_LOCK =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
      """;

  @RegisterExtension private static final Worker worker = Worker.local();

  /// Without the wait the chunk's client was told "202, kept" for an upload that had failed before.
  @Test
  void anUploadFailsOnlyAfterTheChunksThatAreJustBeingAcknowledged() throws Exception {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    CountDownLatch landed = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> gateway =
          threads.submit(() ->
              transactions()
                  .executeWithoutResult(status -> {
                    assertThat(commitChunk(upload, 1)).isOne();
                    landed.countDown();
                    awaitQuietly(mayCommit);
                  }));
      assertThat(landed.await(20, TimeUnit.SECONDS)).isTrue();
      Future<PartGiveUp.Given> givingUp = threads.submit(() -> giveUp(upload, true));
      try {
        await()
            .atMost(20, TimeUnit.SECONDS)
            .until(() -> givingUp.isDone() || waitingForLocks() == 1);
        assertThat(givingUp.isDone()).as("failed beside an open acknowledgement").isFalse();
        assertThat(upload.status()).isEqualTo("IN_PROGRESS");
      } finally {
        mayCommit.countDown();
      }
      gateway.get(20, TimeUnit.SECONDS);
      assertThat(givingUp.get(20, TimeUnit.SECONDS).purge()).isPresent();
    }

    assertThat(upload.status()).isEqualTo("FAILED");
    assertThat(commitChunk(upload, 2)).as("acknowledged after the end").isZero();
    assertThat(upload.chunkStatuses()).containsExactly("FAILED", "STAGED");
  }

  @Test
  void aChunkThatIsGivenUpAloneMakesNobodyWait() throws Exception {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);

    transactions()
        .executeWithoutResult(status -> {
          assertThat(commitChunk(upload, 1)).isOne();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PartGiveUp.Given> given = threads.submit(() -> giveUp(upload, false));
            assertThat(given.get(20, TimeUnit.SECONDS).purge()).isEmpty();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });

    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(upload.chunkStatuses()).containsExactly("FAILED", "STAGED");
  }

  private static PartGiveUp.Given giveUp(TestUpload upload, boolean uploadToo) {
    PartWork work = work(upload);
    List<ChunkRow> chunks = work.chunks();
    return worker
        .bean(PartGiveUp.class)
        .giveUp(work, chunks, GiveUpCause.OBJECT_MISMATCH, "lost", uploadToo);
  }

  private static PartWork work(TestUpload upload) {
    PartJudgement judgement = worker.bean(PartLoader.class).judge(upload.job(0));
    return ((PartJudgement.Store) judgement).work();
  }

  private static int commitChunk(TestUpload upload, int index) {
    return worker.jdbc.sql(COMMIT_CHUNK).param("id", upload.id()).param("index", index).update();
  }

  private static int waitingForLocks() {
    return worker.jdbc.sql(WAITS_FOR_A_LOCK).query(Integer.class).single();
  }

  private static TransactionTemplate transactions() {
    return worker.bean(TransactionTemplate.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
