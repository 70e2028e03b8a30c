package io.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.slot.JobSlots;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.worker.harness.FaultyStore.Op;
import io.sluice.worker.harness.RunningWorker;
import io.sluice.worker.harness.TestUpload;
import io.sluice.worker.harness.Uploads.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The whole worker: jobs come out of Kafka.
class WorkerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir static Path directory;
  private static RunningWorker worker;
  private static Map<String, Object> settings;

  @BeforeAll
  static void start() {
    settings =
        RunningWorker.settings(
            "worker-it",
            EmbeddedStack.freshDatabase(),
            Map.of(
                "sluice.storage.root", directory.toString(),
                "sluice.worker.slots", "4",
                "sluice.worker.circuit.probe-delay", "50ms",
                "sluice.window.max-fair-inflight-chunks-per-upload", "2"));
    worker = RunningWorker.start(settings);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void calm() {
    worker.store().heal();
  }

  @Test
  void largeUploadsAndSmallFilesAreCompletedTogether() throws Exception {
    List<TestUpload> uploads = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TestUpload large = worker.uploads().begin(Start.COMPLETING, 2000, 100);
      for (int index = 0; index < large.plan().totalChunks(); index++) {
        large.stage(index, index < 2, false);
      }
      jobs.add(large.job(0, permit(large)));
      jobs.add(large.job(1, permit(large)));
      uploads.add(large);
    }
    for (int i = 0; i < 40; i++) {
      TestUpload small = worker.uploads().staged(Start.ONE_REQUEST, 100, 1000);
      jobs.add(new Job.StorePart(small.id(), 0, null, Lane.LIGHT));
      uploads.add(small);
    }
    try (UploadSignals.Watch watch =
        worker.bean(UploadSignals.class).watch(uploads.getFirst().id())) {
      worker.enqueue(jobs);

      assertThat(watch.await(PATIENCE)).isTrue();
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(uploads).allMatch(upload -> upload.status().equals("COMPLETED")));
    assertThat(uploads).allMatch(TestUpload::isInStore);
    await()
        .atMost(PATIENCE)
        .until(() -> worker.bean(QueueBacklog.class).records(Lane.HEAVY).orElse(-1) == 0);
  }

  @Test
  void itSaysHowItIsAndWhatItCounts() throws Exception {
    assertThat(worker.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(worker.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(worker.get("/version").body()).contains("chunk-worker");
    assertThat(worker.get("/metrics").body())
        .contains("\nchunks_stored_total")
        .contains("\nbytes_stored_total")
        .contains("\nretries_total")
        .contains("\nchunk_queue_seconds_bucket")
        .contains("\nchunk_total_seconds_bucket")
        .contains("\ns3_put_latency_seconds_bucket")
        .contains("\ndb_update_latency_seconds_bucket")
        .contains("\ninflight_parts")
        .contains("\nworker_count 4.0")
        .contains("\nworker_busy_count")
        .contains("\ndead_letters_total{cause=\"staged_bytes_missing\"")
        .contains("\nworker_paused{lane=\"heavy\"");
  }

  @Test
  void aStoreThatIsAwayPausesTheSlotsAndWhatWaitedIsDoneWhenItIsBack() {
    TestUpload upload = worker.uploads().staged(Start.COMPLETING, 200, 100);
    TestUpload later = worker.uploads().staged(Start.COMPLETING, 200, 100);
    worker
        .store()
        .goAway(() -> {
          throw new StoreUnavailableException("connection refused");
        });
    worker.enqueue(upload.jobs());
    JobSlots slots = worker.bean(JobSlots.class);
    await().atMost(PATIENCE).until(() -> slots.paused(Lane.HEAVY) && slots.paused(Lane.LIGHT));
    await().atMost(PATIENCE).until(() -> slots.busySlots(Lane.HEAVY) == 0);
    worker.enqueue(later.jobs());

    worker.store().heal();

    await().atMost(PATIENCE).until(() -> later.status().equals("COMPLETED"));
    assertThat(later.chunks()).allMatch(chunk -> chunk.attempts() == 0);
    // What was in hand was put off, uncounted; its time comes by the reaper.
    assertThat(upload.chunks()).allMatch(chunk -> chunk.attempts() == 0);
    for (int index = 0; index < 2; index++) {
      upload.setChunk(index, "enqueued_at = now(), next_attempt_at = null");
    }
    worker.enqueue(upload.jobs());
    await().atMost(PATIENCE).until(() -> upload.status().equals("COMPLETED"));
  }

  @Test
  void bytesThatAreNoJobBecomeADeadLetterAndHoldNobodyUp() throws Exception {
    TestUpload upload = worker.uploads().staged(Start.ONE_REQUEST, 100, 1000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", EmbeddedStack.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  "worker-it.light-jobs.v1", "poison".getBytes(StandardCharsets.UTF_8)))
          .get(20, TimeUnit.SECONDS);
    }
    worker.enqueue(List.of(new Job.StorePart(upload.id(), 0, null, Lane.LIGHT)));

    await().atMost(PATIENCE).until(() -> upload.status().equals("COMPLETED"));
    await()
        .atMost(PATIENCE)
        .until(() ->
            worker
                .bean(JdbcClient.class)
                .sql("select count(*) from dead_letters where cause = 'unreadable_message'")
                .query((row, number) -> row.getInt(1))
                .single()
                .equals(1));
  }

  @Test
  void aStopWaitsForTheJobInHandAndLeavesTheOthersToOthers() throws Exception {
    Map<String, Object> alone =
        RunningWorker.settings(
            "worker-it-stop",
            String.valueOf(settings.get("spring.datasource.url")),
            Map.of("sluice.storage.root", directory.toString(), "sluice.worker.slots", "1"));
    RunningWorker stopping = RunningWorker.start(alone);
    TestUpload upload =
        stopping.uploads().staged(Start.COMPLETING, 1000, 100).by(worker.bean(JdbcClient.class));
    CountDownLatch inHand = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    stopping.store().after(Op.STORE_PART, () -> holdUp(inHand, goOn));
    stopping.enqueue(upload.jobs());
    assertThat(inHand.await(30, TimeUnit.SECONDS)).isTrue();

    Thread stop = Thread.ofVirtual().start(stopping::close);
    assertThat(stop.join(Duration.ofMillis(300))).as("stopped over the job in hand").isFalse();
    goOn.countDown();

    assertThat(stop.join(Duration.ofSeconds(40))).isTrue();
    assertThat(upload.storedChunks()).isPositive();
    try (RunningWorker next = RunningWorker.start(alone)) {
      await().atMost(PATIENCE).until(() -> upload.status().equals("COMPLETED"));
      assertThat(upload.chunks()).allMatch(chunk -> chunk.attempts() == 0);
      assertThat(next.bean(JobSlots.class).handedBack()).isZero();
    }
  }

  private static void holdUp(CountDownLatch inHand, CountDownLatch goOn) {
    inHand.countDown();
    try {
      if (!goOn.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody let it go on");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String permit(TestUpload upload) {
    WindowDecision decision =
        worker.bean(UploadWindow.class).tryAcquire(upload.id(), 2, Duration.ofMinutes(1));
    return ((WindowDecision.Permit) decision).id();
  }
}
