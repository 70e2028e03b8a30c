package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.audit.Rules;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.torture.Inspection;
import io.sluice.acceptance.workload.HeldChunk;
import io.sluice.acceptance.workload.ManualUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Limits over several gateways.
@ExtendWith(HealedAndAudited.class)
class LimitsIT {

  /// The default of `MAX_INFLIGHT_CHUNKS_PER_UPLOAD`.
  private static final int LIMIT = 8;

  private static final int REQUESTS = 20;
  private static final int CHUNK_BYTES = 1000;

  private final Running running;

  LimitsIT() throws IOException {
    running = Running.system();
  }

  @Test
  void oneUploadHasNoMoreRequestsInProgressThanItsLimitOverAllGateways() throws Exception {
    ManualUpload upload =
        running.upload(running.gateways(), (long) REQUESTS * CHUNK_BYTES, CHUNK_BYTES);
    List<HeldChunk> chunks = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HeldChunk>> begun = new ArrayList<>();
      for (int index = 0; index < REQUESTS; index++) {
        int chunk = index;
        begun.add(
            threads.submit(() ->
                HeldChunk.begin(
                    running.gateway(chunk % 2).base(),
                    SystemUnderTest.API_KEY,
                    upload.id(),
                    chunk,
                    new byte[CHUNK_BYTES],
                    running.history())));
      }
      for (Future<HeldChunk> future : begun) {
        chunks.add(future.get());
      }
      assertThat(chunks).filteredOn(HeldChunk::isInProgress).hasSize(LIMIT);
      assertThat(chunks)
          .filteredOn(chunk -> !chunk.isInProgress())
          .extracting(HeldChunk::status)
          .containsOnly(429);
    } finally {
      for (HeldChunk chunk : chunks) {
        if (chunk.isInProgress()) {
          chunk.finish();
        }
        chunk.close();
      }
    }
    upload.abort();
    limitsHeld();
  }

  private void limitsHeld() throws IOException {
    try (Inspection inspection =
        running.inspection(
            new Rules(
                Rules.NO_GRACE, LIMIT, false, Set.of("unreadable_message"), false, 0, false))) {
      assertThat(Auditor.audit(inspection.world()).outcomes())
          .filteredOn(outcome -> outcome.invariant().equals("limits-hold"))
          .singleElement()
          .satisfies(outcome -> {
            assertThat(outcome.looked()).isPositive();
            assertThat(outcome.violations()).isEmpty();
          });
    }
  }
}
