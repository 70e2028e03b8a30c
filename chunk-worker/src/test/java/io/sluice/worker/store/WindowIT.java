package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.coordination.window.WindowDecision;
import io.sluice.model.job.Job;
import io.sluice.model.job.Job.StorePart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.worker.harness.Failpoints;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An upload has two jobs in the queue or in hand here, and no more.
class WindowIT {

  private static final Duration LEASE = Duration.ofMinutes(1);

  @RegisterExtension private static final Worker worker = Worker.local();

  @BeforeEach
  void calm() {
    worker.window.away(false);
  }

  @Test
  void aStoredPartHandsItsPermitToTheNextThatWaits() {
    TestUpload upload = waiting(5);
    String permit = permit(upload);
    upload.setChunk(0, "enqueued_at = now()");

    worker.deliver(upload.job(0, permit));

    assertThat(worker.queue.takeAll()).containsExactly(upload.job(1, permit));
    assertThat(upload.chunks().get(1).enqueuedAt()).isNotNull();
    assertThat(upload.chunks().get(2).enqueuedAt()).isNull();
    assertThat(worker.window.held(upload.id())).isOne();
  }

  @Test
  void anUploadRunsThroughItsWindowToItsEnd() {
    TestUpload upload = waiting(9);
    upload.complete();
    List<Job> jobs = List.of(enter(upload, 0), enter(upload, 1));

    while (!jobs.isEmpty()) {
      assertThat(jobs.stream().filter(StorePart.class::isInstance)).hasSizeLessThanOrEqualTo(2);
      assertThat(worker.window.held(upload.id())).isLessThanOrEqualTo(2);
      worker.deliver(jobs, 1);
      jobs = worker.queue.takeAll();
    }

    assertThat(upload.status()).isEqualTo("COMPLETED");
    assertThat(upload.isInStore()).isTrue();
    assertThat(worker.window.held(upload.id())).isZero();
  }

  @Test
  void aPermitThatNobodyNeedsIsGivenBack() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 500, 100);
    upload.stage(0);
    String permit = permit(upload);

    worker.deliver(upload.job(0, permit));

    assertThat(worker.queue.takeAll()).isEmpty();
    assertThat(worker.window.held(upload.id())).isZero();
  }

  @Test
  void aPartThatIsPutOffHandsItsPermitOnToo() {
    TestUpload upload = waiting(5);
    Job job = enter(upload, 0);
    worker.store.before(
        Op.STORE_PART,
        () -> {
          throw new StoreRefusedException("no");
        });

    worker.deliver(job);

    assertThat(worker.queue.takeAll())
        .singleElement()
        .satisfies(next -> assertThat(((StorePart) next).part()).isOne());
    assertThat(worker.window.held(upload.id())).isOne();
  }

  /// The first delivery handed the permit on; handing it on once more would make the window larger.
  @Test
  void aJobThatIsDeliveredAgainDoesNotHandOnTwice() {
    TestUpload upload = waiting(6);
    Job first = enter(upload, 0);
    Job second = enter(upload, 1);
    worker.deliver(first);
    assertThat(worker.queue.takeAll()).hasSize(1);

    worker.deliverAgain(first);

    assertThat(worker.queue.takeAll()).isEmpty();
    assertThat(worker.window.held(upload.id())).isEqualTo(2);
    worker.deliver(second);
    assertThat(worker.queue.takeAll()).hasSize(1);
  }

  /// It died between its commit and the hand-on: the place it had is taken by whoever comes next.
  @Test
  void aPlaceThatWasLostWithItsWorkerIsTakenAgain() {
    TestUpload upload = waiting(6);
    Job first = enter(upload, 0);
    Failpoints.dyingAt("worker.committed", () -> worker.deliver(first));
    // What the commit called up was never enqueued; the reaper sees to that part. Its permit ran
    // out.
    worker.window.flush();
    worker.queue.clear();

    worker.deliverAgain(first);

    assertThat(worker.queue.takeAll())
        .singleElement()
        .satisfies(next -> assertThat(((StorePart) next).part()).isEqualTo(2));
  }

  @Test
  void aFlushedRedisCostsNothingButTheOldPermits() {
    TestUpload upload = waiting(5);
    Job job = enter(upload, 0);
    worker.window.flush();

    worker.deliver(job);

    assertThat(worker.queue.takeAll())
        .singleElement()
        .satisfies(next -> assertThat(((StorePart) next).permitId()).isNotNull());
    assertThat(worker.window.held(upload.id())).isOne();
  }

  @Test
  void withoutRedisPartsGoOnWithoutPermits() {
    TestUpload upload = waiting(5);
    upload.complete();
    Job job = enter(upload, 0);
    worker.window.away(true);

    worker.deliver(job);

    List<Job> next = worker.queue.takeAll();
    assertThat(next).containsExactly(upload.job(1));
    worker.deliver(next, 1);
    worker.drain();
    assertThat(upload.status()).isEqualTo("COMPLETED");
  }

  /// Nothing waited when the part was stored, and the gateway found the window full: whoever gives the
  /// place back looks once more.
  @Test
  void aPartThatComesBetweenTheCommitAndTheReleaseIsCalledUp() {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 500, 100);
    upload.stage(0);
    Job job = upload.job(0, permit(upload));
    worker.window.onRelease(() -> upload.stage(1, false, false));

    worker.deliver(job);

    assertThat(worker.queue.takeAll())
        .singleElement()
        .satisfies(next -> assertThat(((StorePart) next).part()).isOne());
  }

  @Test
  void anUploadThatFitsIntoItsWindowAsksRedisNothing() {
    TestUpload upload = worker.uploads.staged(Start.COMPLETING, 200, 100);
    worker.window.away(true);

    worker.deliver(upload.jobs(), 1);
    worker.drain();

    assertThat(upload.status()).isEqualTo("COMPLETED");
  }

  private static TestUpload waiting(int chunks) {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, chunks * 100, 100);
    for (int index = 0; index < chunks; index++) {
      upload.stage(index, false, false);
    }
    return upload;
  }

  private static Job enter(TestUpload upload, int part) {
    upload.setChunk(part, "enqueued_at = now()");
    return upload.job(part, permit(upload));
  }

  private static String permit(TestUpload upload) {
    WindowDecision decision = worker.window.tryAcquire(upload.id(), 2, LEASE);
    assertThat(decision).isInstanceOf(WindowDecision.Permit.class);
    return ((WindowDecision.Permit) decision).id();
  }
}
