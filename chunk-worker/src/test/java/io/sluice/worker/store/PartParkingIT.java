package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import io.sluice.worker.harness.Worker;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.transaction.support.TransactionTemplate;

/// What a damaged chunk means for chunks that arrive at the same moment.
class PartParkingIT {

  /// How a gateway acknowledges a chunk.
  private static final String COMMIT_CHUNK =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
      select id, :index, 100, 1, 1, 'late', 'STAGED' from uploads
      where id = :id and status = 'IN_PROGRESS' for key share
      """;

  @RegisterExtension private static final Worker worker = Worker.local();

  @Test
  void aChunkThatIsFoundDamagedMakesNobodyWait() throws Exception {
    TestUpload upload = worker.uploads.begin(Start.IN_PROGRESS, 300, 100);
    worker.staging.delete(List.of(upload.stage(0)));

    worker
        .bean(TransactionTemplate.class)
        .executeWithoutResult(status -> {
          assertThat(commitChunk(upload, 1)).isOne();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<JobOutcome> settled = threads.submit(() -> worker.deliver(upload.job(0)));
            assertThat(settled.get(20, TimeUnit.SECONDS)).isEqualTo(JobOutcome.DONE);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });

    assertThat(upload.status()).isEqualTo("IN_PROGRESS");
    assertThat(upload.chunkStatuses()).containsExactly("DAMAGED", "STAGED");
  }

  private static int commitChunk(TestUpload upload, int index) {
    return worker.jdbc.sql(COMMIT_CHUNK).param("id", upload.id()).param("index", index).update();
  }
}
