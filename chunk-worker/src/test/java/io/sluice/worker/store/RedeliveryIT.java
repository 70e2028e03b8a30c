package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.model.job.Job;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.worker.harness.Failpoints;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker that dies at any step leaves something that the next delivery brings to the same end.
class RedeliveryIT {

  @RegisterExtension private static final Worker worker = Worker.local();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker.job-judged",
        "worker.part-uploaded",
        "worker.committed",
        "worker.handed-on",
        "worker.staging-deleted"
      })
  void aChunkIsStoredOnceWhereverTheFirstDeliveryDied(String place) {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    String key = upload.stage(1);
    worker.deliver(upload.job(0));

    Failpoints.dyingAt(place, () -> worker.deliver(upload.job(1)));
    JobOutcome outcome = worker.deliverAgain(upload.job(1));

    assertThat(outcome).isEqualTo(JobOutcome.DONE);
    assertThat(upload.chunkStatuses()).containsExactly("STORED", "STORED");
    assertThat(upload.chunks().getLast().attempts()).isZero();
    assertThat(upload.storedChunks()).isEqualTo(2);
    assertThat(upload.isStaged(key)).isFalse();
    assertThat(worker.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker.part-uploaded",
        "worker.committed",
        "worker.handed-on",
        "worker.staging-deleted"
      })
  void aSmallFileIsCompletedOnceWhereverTheFirstDeliveryDied(String place) {
    TestUpload upload = worker.uploads.staged(Start.ONE_REQUEST, 100, 1000);

    Failpoints.dyingAt(place, () -> worker.deliver(upload.job(0)));
    worker.deliverAgain(upload.job(0));

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(upload.isStaged(upload.chunks().getFirst().stagingKey())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"worker.object-joined", "worker.object-verified", "worker.upload-completed"})
  void aFileIsFinalisedOnceWhereverTheFirstDeliveryDied(String place) {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 300, 100);
    worker.deliver(upload.jobs(), 1);

    Failpoints.breakingAt(place, () -> worker.deliver(upload.finalizeJob()));
    assertThat(upload.row()).containsEntry("attempts", place.endsWith("completed") ? 0 : 1);
    worker.deliverAgain(upload.finalizeJob());

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker.object-deleted", "worker.staging-purged"})
  void anUploadIsPurgedOnceWhereverTheFirstDeliveryDied(String place) {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 300, 100);
    worker.deliver(upload.job(0));
    List<String> keys = upload.chunks().stream().map(chunk -> chunk.stagingKey()).toList();
    upload.abort();

    Failpoints.breakingAt(place, () -> worker.deliver(upload.purgeJob()));
    assertThat(upload.row()).containsEntry("attempts", 1).containsEntry("purged_at", null);
    worker.deliverAgain(upload.purgeJob());

    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(upload.chunks()).isEmpty();
    assertThat(keys).noneMatch(upload::isStaged);
    assertThat(upload.isInStore()).isFalse();
  }

  /// The classic bug: staging is empty because the chunk is stored, and the redelivered job, which read
  /// the row before that, takes it for lost.
  @Test
  void stagingThatIsEmptyBecauseTheChunkIsStoredIsNoFailure() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          // The other delivery goes all the way between this one's look and its read.
          worker.store.heal();
          worker.deliver(upload.job(0));
          throw new StagedBytesMissingException("gone");
        });

    assertThat(worker.deliverAgain(upload.job(0))).isEqualTo(JobOutcome.DONE);

    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(upload.storedChunks()).isOne();
    assertThat(worker.deadLetters()).isEmpty();
  }

  /// Two deliveries at once: both put the same bytes, and the second to commit finds nothing to change.
  @Test
  void aPartThatAnotherDeliveryStoredMeanwhileIsCountedOnce() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    upload.stage(0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          worker.store.heal();
          worker.deliver(upload.job(0));
        });

    assertThat(worker.deliverAgain(upload.job(0))).isEqualTo(JobOutcome.DONE);

    assertThat(upload.chunkStatuses()).containsExactly("STORED");
    assertThat(upload.storedChunks()).isOne();
  }

  /// Until its row says STORED, staging has the only bytes that anybody would look for.
  @Test
  void aChunkIsStagedUntilItsRowSaysStored() throws Exception {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    String key = upload.stage(0);
    try (Connection other = worker.bean(DataSource.class).getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from uploads where id = '%s' for update".formatted(upload.id()));
      CompletableFuture<JobOutcome> outcome =
          CompletableFuture.supplyAsync(() -> worker.deliver(upload.job(0)));
      await().until(this::somebodyWaits);

      assertThat(upload.isStaged(key)).isTrue();

      other.rollback();
      assertThat(outcome.get()).isEqualTo(JobOutcome.DONE);
    }
    assertThat(upload.isStaged(key)).isFalse();
  }

  private boolean somebodyWaits() {
    return worker
        .jdbc
        .sql(
            """
            select exists (select 1 from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock')
            """)
        .query(Boolean.class)
        .single();
  }

  /// Every job several times, in any order, in batches of any size: one end.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void jobsDuplicatedAndShuffledLeadToTheSameEnd(long seed) {
    Random random = new Random(seed);
    List<TestUpload> uploads = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      TestUpload upload =
          worker.uploads.staged(
              i % 2 == 0 ? Start.COMPLETING : Start.AUTO_COMPLETE, 1 + random.nextInt(900), 100);
      uploads.add(upload);
      for (int copy = 0; copy < 3; copy++) {
        jobs.addAll(upload.jobs());
        jobs.add(upload.finalizeJob());
        jobs.add(upload.purgeJob());
      }
    }
    Collections.shuffle(jobs, random);

    while (!jobs.isEmpty()) {
      List<Job> batch = jobs.subList(0, Math.min(1 + random.nextInt(8), jobs.size()));
      assertThat(worker.deliver(List.copyOf(batch), 1 + random.nextInt(2)))
          .containsOnly(JobOutcome.DONE);
      batch.clear();
    }
    worker.drain();

    for (TestUpload upload : uploads) {
      assertThat(upload.status()).as("seed %d", seed).isEqualTo("COMPLETED");
      assertThat(upload.history().stream().filter("COMPLETED"::equals)).hasSize(1);
      assertThat(upload.storedChunks()).isEqualTo(upload.plan().totalChunks());
      assertThat(upload.isInStore()).isTrue();
      assertThat(upload.chunks()).noneMatch(chunk -> upload.isStaged(chunk.stagingKey()));
    }
    assertThat(worker.deadLetters()).isEmpty();
  }
}
