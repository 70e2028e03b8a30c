package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.slot.JobSlots;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.RunningWorker;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayIT {

  @TempDir Path directory;

  @Test
  void jobsAreNeitherLostNorBurntWhilePostgresIsAway() throws Exception {
    PostgresServer database = PostgresServer.start(directory.resolve("postgres"), 0);
    Map<String, Object> settings =
        RunningWorker.settings(
            "worker-db",
            database.jdbcUrl(),
            Map.of(
                "sluice.storage.root", directory.toString(),
                "sluice.worker.slots", "2",
                "spring.datasource.hikari.connection-timeout", "500",
                "spring.datasource.hikari.validation-timeout", "250"));
    try (RunningWorker worker = RunningWorker.start(settings)) {
      TestUpload large = worker.uploads().staged(Start.COMPLETING, 600, 100);
      TestUpload small = worker.uploads().staged(Start.ONE_REQUEST, 100, 1000);
      CountDownLatch inHand = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      worker
          .store()
          .after(
              Op.STORE_PART,
              () -> {
                inHand.countDown();
                try {
                  if (!goOn.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody let it go on");
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      List<Job> jobs = new ArrayList<>(large.jobs());
      jobs.add(new Job.StorePart(small.id(), 0, null, Lane.LIGHT));
      worker.enqueue(List.of(jobs.removeFirst()));
      assertThat(inHand.await(30, TimeUnit.SECONDS)).isTrue();

      // Bytes are in the store, and there is nobody to tell.
      database.close();
      goOn.countDown();
      worker.enqueue(jobs);
      JobSlots slots = worker.bean(JobSlots.class);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> slots.busySlots(Lane.HEAVY) == 2 && slots.busySlots(Lane.LIGHT) > 0);
      assertThat(worker.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(worker.get("/health").statusCode()).isEqualTo(200);

      database = PostgresServer.start(directory.resolve("postgres"), database.port());
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> large.status().equals("COMPLETED") && small.status().equals("COMPLETED"));
      assertThat(large.isInStore()).isTrue();
      assertThat(small.isInStore()).isTrue();
      assertThat(large.chunks()).allMatch(chunk -> chunk.attempts() == 0);
      assertThat(large.history()).containsExactly("COMPLETING", "COMPLETED");
    } finally {
      database.close();
    }
  }
}
