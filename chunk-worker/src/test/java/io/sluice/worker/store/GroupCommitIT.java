package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.support.TransactionTemplate;

/// What goes together into one transaction. Chunks of one transaction have the same `stored_at`.
class GroupCommitIT {

  private static final String INSERT =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status, enqueued_at)
      select :id, n, 1, 1, 1, 'key-' || n, 'STAGED', now() from generate_series(0, :last) n
      """;

  private static final String TRANSACTIONS =
      """
      select count(distinct stored_at) from chunks where upload_id = :id and status = 'STORED'
      """;

  private static final String STORED =
      "select count(*) from chunks where upload_id = :id and status = 'STORED'";

  @RegisterExtension private static final Worker worker = Worker.local();

  @Test
  void whatGathersBehindACommitGoesTogetherInTheNext() throws Exception {
    TestUpload upload = upload(210, 10);

    commitAtOnce(upload, "tag");

    assertThat(stored(upload)).isEqualTo(210);
    assertThat(upload.storedChunks()).isEqualTo(210);
    assertThat(transactions(upload)).isEqualTo(2);
  }

  /// Parts of ten thousand tiny chunks were once joined by the hundred: a transaction of a million rows.
  @Test
  void aTransactionIsBoundedByItsChunksNotByItsParts() throws Exception {
    TestUpload upload = upload(3_600, 900);

    commitAtOnce(upload, "tag");

    assertThat(upload.storedChunks()).isEqualTo(3_600);
    assertThat(transactions(upload)).as("900, 900 + 900, 900").isEqualTo(3);
  }

  @Test
  void aPartLargerThanTheBoundGoesAlone() throws Exception {
    TestUpload upload = upload(7_500, 2_500);

    commitAtOnce(upload, "tag");

    assertThat(upload.storedChunks()).isEqualTo(7_500);
    assertThat(transactions(upload)).isEqualTo(3);
  }

  @Test
  void onePartThatCannotBeCommittedDoesNotTakeTheOthersWithIt() throws Exception {
    TestUpload upload = upload(50, 10);

    assertThatThrownBy(() -> commitAtOnce(upload, "\u0000")).isInstanceOf(ExecutionException.class);

    await().until(() -> stored(upload) == 40);
    assertThat(upload.storedChunks()).isEqualTo(40);
  }

  private static TestUpload upload(int chunks, int chunksPerPart) {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, chunks, 1);
    upload.set("chunks_per_part = " + chunksPerPart);
    worker.jdbc.sql(INSERT).param("id", upload.id()).param("last", chunks - 1).update();
    return upload;
  }

  /// Has each part committed by a thread of its own, the first of which is held up until all the others
  /// wait behind it.
  ///
  /// @param lastTag of the last part
  private static void commitAtOnce(TestUpload upload, String lastTag) throws Exception {
    StoreCommits commits = worker.bean(StoreCommits.class);
    int parts = upload.chunks().size() / chunksPerPart(upload);
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> holder = threads.submit(() -> hold(upload, locked, mayGo));
      List<Future<?>> commit = new ArrayList<>();
      try {
        assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
        for (int part = 0; part < parts; part++) {
          StoredWork work = work(upload, part, part == parts - 1 ? lastTag : "tag");
          commit.add(threads.submit(() -> commits.commit(List.of(work))));
          int behind = part;
          await().until(() -> commits.waiting() == behind && commits.committing());
        }
      } finally {
        mayGo.countDown();
      }
      holder.get(20, TimeUnit.SECONDS);
      for (Future<?> one : commit) {
        one.get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static void hold(TestUpload upload, CountDownLatch locked, CountDownLatch mayGo) {
    worker
        .bean(TransactionTemplate.class)
        .executeWithoutResult(status -> {
          worker
              .jdbc
              .sql("select id from uploads where id = :id for update")
              .param("id", upload.id())
              .query()
              .singleRow();
          locked.countDown();
          try {
            assertThat(mayGo.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static StoredWork work(TestUpload upload, int part, String tag) {
    PartJudgement judgement = worker.bean(PartLoader.class).judge(upload.job(part));
    return new StoredWork(((PartJudgement.Store) judgement).work(), null, tag, null);
  }

  private static int chunksPerPart(TestUpload upload) {
    return Integer.parseInt(String.valueOf(upload.row().get("chunks_per_part")));
  }

  private static int transactions(TestUpload upload) {
    return worker.jdbc.sql(TRANSACTIONS).param("id", upload.id()).query(Integer.class).single();
  }

  private static int stored(TestUpload upload) {
    return worker.jdbc.sql(STORED).param("id", upload.id()).query(Integer.class).single();
  }
}
