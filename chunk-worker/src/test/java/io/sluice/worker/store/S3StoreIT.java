package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.job.Job;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.worker.harness.FaultyStore.Fault;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import io.sluice.worker.lease.LongJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same promises on a store that joins parts.
class S3StoreIT {

  private static final int MIB = 1 << 20;

  @TempDir static Path directory;
  private static Worker worker;

  @BeforeAll
  static void start() {
    worker = Worker.s3(directory);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void calm() {
    worker.store.heal();
    worker.store.forgetCalls();
    worker.queue.clear();
    worker.jdbc.sql("delete from dead_letters").update();
  }

  @Test
  void smallChunksAreGroupedIntoPartsThatTheStoreAccepts() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB + 7, MIB);
    assertThat(upload.plan().chunksPerPart()).isEqualTo(5);

    worker.deliver(upload.jobs(), 1);
    finish();

    assertThat(worker.store.calls(Op.STORE_PART)).isEqualTo(3);
    assertThat(upload.chunkStatuses()).hasSize(13).containsOnly("STORED");
    assertThat(upload.chunks().stream().map(ChunkRow::etag).distinct()).hasSize(3);
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(upload.row()).containsEntry("crc32c", crc32cInStore(upload));
  }

  @Test
  void aPartThatLacksAChunkIsNotBegunAndLeavesTheBooks() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 10 * MIB, MIB);
    for (int index = 0; index < 4; index++) {
      upload.stage(index);
    }

    worker.deliver(upload.job(0));

    assertThat(worker.store.calls(Op.STORE_PART)).isZero();
    assertThat(upload.chunkStatuses()).containsOnly("STAGED");
    assertThat(upload.chunks()).allMatch(chunk -> chunk.enqueuedAt() == null);
  }

  @Test
  void theOtherChunksOfAPartThatLostOneWaitForIt() throws IOException {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 10 * MIB, MIB);
    for (int index = 0; index < 5; index++) {
      upload.stage(index);
    }
    worker.staging.delete(List.of(upload.chunks().get(2).stagingKey()));

    worker.deliver(upload.job(0));

    assertThat(upload.chunkStatuses())
        .containsExactly("STAGED", "STAGED", "DAMAGED", "STAGED", "STAGED");
    assertThat(upload.chunks()).allMatch(chunk -> chunk.enqueuedAt() == null);
    assertThat(upload.storedChunks()).isZero();
  }

  @Test
  void aFileOfOnePartIsPutInOneRequestAndCompletedInOneCommit() {
    TestUpload upload = worker.uploads.staged(Start.ONE_REQUEST, 3 * MIB, MIB);

    worker.deliver(upload.job(0));

    assertThat(worker.store.calls(Op.BEGIN)).isZero();
    assertThat(worker.store.calls(Op.STORE_WHOLE)).isOne();
    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(upload.chunks()).noneMatch(chunk -> upload.isStaged(chunk.stagingKey()));
  }

  @Test
  void aFileOfOneRequestIsReadFromStagingUntilItsPartsAreJoined() {
    TestUpload upload = worker.uploads.staged(Start.ONE_REQUEST, 12 * MIB, 6 * MIB);

    worker.deliver(upload.jobs(), 1);

    assertThat(upload.chunkStatuses()).containsOnly("STORED");
    assertThat(upload.chunks()).allMatch(chunk -> upload.isStaged(chunk.stagingKey()));
    finish();
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.chunks()).noneMatch(chunk -> upload.isStaged(chunk.stagingKey()));
  }

  @Test
  void twoWorkersThatBeginAnUploadAtOnceAgreeOnOneMultipart() throws Exception {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    CyclicBarrier both = new CyclicBarrier(2);
    try (Worker other = worker.another()) {
      // Both have asked the store before either has saved its answer.
      worker.store.after(Op.BEGIN, meetOnce(both));
      other.store.after(Op.BEGIN, meetOnce(both));
      together(List.of(() -> worker.deliver(upload.job(0)), () -> other.deliver(upload.job(1))));
      other.queue.takeAll();
    }
    worker.store.heal();

    assertThat(upload.chunkStatuses()).containsOnly("STORED");
    assertThat(openMultiparts(upload)).hasSize(1);
    worker.deliver(upload.finalizeJob());
    awaitLongJobs();
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(openMultiparts(upload)).isEmpty();
  }

  @Test
  void theSlotsOfOneWorkerBeginAnUploadOnce() throws Exception {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 30 * MIB, 6 * MIB);

    together(upload.jobs().stream().<Runnable>map(job -> () -> worker.deliver(job)).toList());

    assertThat(worker.store.calls(Op.BEGIN)).isOne();
    assertThat(upload.storedChunks()).isEqualTo(5);
    finish();
    assertThat(upload.isInStore()).isTrue();
  }

  @Test
  void aFileThatIsFinalisedTwiceAtOnceIsCompletedOnce() throws Exception {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    CyclicBarrier both = new CyclicBarrier(2);
    try (Worker other = worker.another()) {
      worker.store.before(Op.COMPLETE, meetOnce(both));
      other.store.before(Op.COMPLETE, meetOnce(both));
      worker.deliver(upload.finalizeJob());
      // The lease would keep the second away; it has run out.
      upload.set("next_attempt_at = null");
      other.deliver(upload.finalizeJob());
      Awaitility.await()
          .until(() ->
              worker.bean(LongJobs.class).running() == 0
                  && other.bean(LongJobs.class).running() == 0);
    }

    assertThat(upload.history()).containsExactly("COMPLETING", "COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.deadLetters()).isEmpty();
  }

  @Test
  void anAnswerThatIsLostAfterTheJoinDoesNotCountAgainstTheFile() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    AtomicBoolean lost = new AtomicBoolean();
    worker.store.after(
        Op.COMPLETE,
        () -> {
          if (lost.compareAndSet(false, true)) {
            throw new StoreUnavailableException("connection reset");
          }
        });

    finish();

    // The second try was told that there is no such multipart upload.
    assertThat(worker.store.calls(Op.COMPLETE)).isEqualTo(2);
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.row()).containsEntry("attempts", 0);
  }

  @Test
  void aJoinThatIsConfirmedWithoutAnObjectIsNotBelieved() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    worker.store.pretendToHave(new StoredObject("x", 5, Optional.empty()));

    finish();

    assertThat(upload.status()).isEqualTo("COMPLETING");
    assertThat(upload.row()).containsEntry("attempts", 1).containsEntry("enqueued_at", null);
    assertThat(String.valueOf(upload.row().get("last_error"))).contains("5 bytes");

    worker.store.heal();
    worker.deliver(upload.finalizeJob());
    awaitLongJobs();
    assertThat(upload.status()).isEqualTo("COMPLETED");
  }

  @Test
  void anObjectThatDoesNotMatchIsParkedUntilItDoes() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    worker.store.pretendToHave(new StoredObject("x", 5, Optional.empty()));

    for (int round = 0; round < 6; round++) {
      worker.deliver(upload.finalizeJob());
      awaitLongJobs();
    }

    assertThat(upload.row()).containsEntry("status", "COMPLETING").containsEntry("end_code", null);
    assertThat(worker.deadLetters()).containsExactly("FINALIZE_UPLOAD object_mismatch");
    worker.store.heal();
    worker.deliver(upload.finalizeJob());
    awaitLongJobs();
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.deadLetters()).isEmpty();
  }

  @Test
  void aMultipartThatTheStoreForgotBeforeAnythingWasInItIsBegunAnew() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    upload.set("multipart_id = 'forgotten'");
    forgetMultipart();

    worker.deliver(upload.job(0));
    worker.store.heal();
    worker.deliver(upload.jobs(), 1);
    finish();

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  /// A rule of the bucket that aborts what is open for long, say. The client is told, and sends them again.
  @Test
  void partsThatWereAbortedUnderTheirUploadAreDamagedAndPutRightBySendingThem() throws IOException {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    abortAtTheStore(upload);

    for (int round = 0; round < 4; round++) {
      worker.deliver(upload.finalizeJob());
      awaitLongJobs();
    }

    assertThat(upload.status()).isEqualTo("COMPLETING");
    assertThat(upload.chunkStatuses()).containsExactly("DAMAGED", "DAMAGED");
    assertThat(upload.storedChunks()).isZero();
    for (int index = 0; index < 2; index++) {
      upload.setChunk(
          index,
          "status = 'STAGED', staging_key = '"
              + upload.bytesInStaging(index, false).stagingKey()
              + "'");
    }
    putAgain(upload);
    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  /// The first to put a part again, with its bytes in hand, is told that the multipart upload is gone.
  private void putAgain(TestUpload upload) {
    worker.deliver(upload.job(0));
    worker.deliver(upload.jobs(), 1);
    finish();
  }

  /// The answer to the join was lost, and then the store said for a while that there was nothing.
  @Test
  void anObjectThatWasJoinedAllTheSameIsFoundByItsParts() throws IOException {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    joinAtTheStore(upload);
    upload.setChunk(0, "status = 'DAMAGED', next_attempt_at = now()");
    upload.setChunk(1, "status = 'DAMAGED', next_attempt_at = now()");
    upload.set("stored_chunks = 0");

    worker.deliver(upload.jobs(), 1);
    finish();

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  private static void joinAtTheStore(TestUpload upload) throws IOException {
    List<StoredPart> parts =
        upload.chunks().stream()
            .map(chunk ->
                new StoredPart(
                    chunk.chunkIndex(),
                    String.valueOf(chunk.etag()),
                    chunk.sizeBytes(),
                    chunk.crc32c()))
            .toList();
    worker.store.complete(upload.object(), String.valueOf(upload.row().get("multipart_id")), parts);
  }

  /// Its bytes stay in staging until it is COMPLETED, so nobody has to send anything.
  @Test
  void aFileOfOneRequestIsPutAgainOutOfStaging() throws IOException {
    TestUpload upload = worker.uploads.staged(Start.ONE_REQUEST, 12 * MIB, 6 * MIB);
    worker.deliver(upload.jobs(), 1);
    abortAtTheStore(upload);
    for (int round = 0; round < 4; round++) {
      worker.deliver(upload.finalizeJob());
      awaitLongJobs();
    }
    assertThat(upload.chunkStatuses()).containsExactly("DAMAGED", "DAMAGED");

    putAgain(upload);

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  private static void abortAtTheStore(TestUpload upload) throws IOException {
    worker.store.abort(
        new OpenMultipart(
            upload.object().objectKey(),
            String.valueOf(upload.row().get("multipart_id")),
            Instant.EPOCH));
  }

  @Test
  void abortedWhileAPartIsOnItsWayNothingStays() {
    TestUpload upload = worker.uploads.staged(Start.IN_PROGRESS, 12 * MIB, 6 * MIB);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          upload.abort();
          worker.store.heal();
        });

    worker.deliver(upload.jobs(), 1);
    worker.drain();

    assertThat(upload.row()).extractingByKey("purged_at").isNotNull();
    assertThat(openMultiparts(upload)).isEmpty();
    assertThat(upload.history()).containsExactly("IN_PROGRESS", "ABORTED");
  }

  @Test
  void anEmptyFileIsAnObjectToo() {
    TestUpload upload = worker.uploads.begin(Start.COMPLETING, 0, MIB);

    worker.deliver(upload.finalizeJob());

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
  }

  private static void forgetMultipart() {
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw new MultipartGoneException("no such upload");
        });
  }

  private static void finish() {
    for (Job job : worker.queue.takeAll()) {
      worker.deliver(job);
    }
    awaitLongJobs();
  }

  private static void awaitLongJobs() {
    Awaitility.await().until(() -> worker.bean(LongJobs.class).running() == 0);
  }

  private static List<OpenMultipart> openMultiparts(TestUpload upload) {
    List<OpenMultipart> open = new ArrayList<>();
    try {
      worker.store.forEachOpenMultipart(multipart -> {
        if (multipart.objectKey().equals(upload.object().objectKey())) {
          open.add(multipart);
        }
      });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return open;
  }

  private static int crc32cInStore(TestUpload upload) {
    try {
      return worker.store.head(upload.object()).orElseThrow().crc32c().orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits for the other at the first call, and at no other: whoever fails tries again alone.
  private static Fault meetOnce(CyclicBarrier both) {
    AtomicBoolean met = new AtomicBoolean();
    return () -> {
      if (met.compareAndSet(false, true)) {
        try {
          both.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private static void together(List<Runnable> acts) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      acts.forEach(act -> futures.add(threads.submit(act)));
      for (Future<?> future : futures) {
        future.get();
      }
    }
  }
}
