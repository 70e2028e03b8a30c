package io.sluice.reaper.requeue;

import static io.sluice.reaper.Rows.ago;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.backlog.LaneBacklog;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What waits in the queue decides what counts as lost.
class BacklogIT {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final ReaperFixture reaper = ReaperFixture.local();
  private final Rows rows = reaper.rows();

  @AfterEach
  void stop() {
    reaper.close();
  }

  @Test
  void anHourOfHonestBacklogCausesNoDuplicates() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 100);
    rows.chunks(
        upload, 0, 99, "enqueued_at = now() - make_interval(secs => 3600 - chunk_index * 36)");
    for (ChunkRow row : rows.chunkRows(upload)) {
      wait(upload, row.chunkIndex(), Lane.HEAVY);
    }

    assertThat(reaper.run(StepName.REQUEUE).counts()).isEmpty();
    assertThat(reaper.run(StepName.REQUEUE).counts()).isEmpty();

    assertThat(reaper.jobs().of(upload)).hasSize(100);
  }

  @Test
  void whatIsOlderThanTheOldestJobThatWaitsIsLost() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 4);
    rows.chunks(upload, 0, 0, "enqueued_at = " + ago(AN_HOUR.plusMinutes(1)));
    rows.chunks(upload, 1, 1, "enqueued_at = " + ago(AN_HOUR.plusSeconds(10)));
    rows.chunks(upload, 2, 2, "enqueued_at = " + ago(AN_HOUR));
    rows.chunks(upload, 3, 3, "enqueued_at = " + ago(AN_HOUR.dividedBy(2)));
    wait(upload, 2, Lane.HEAVY);

    assertThat(reaper.run(StepName.REQUEUE).count(Repair.LOST_PART)).isOne();

    assertThat(reaper.jobs().partsOf(upload)).containsExactly(2, 0);
  }

  @Test
  void aBacklogInOneLaneHidesNothingInTheOther() throws Exception {
    UUID large = rows.upload(UploadStatus.IN_PROGRESS, 3);
    UUID small = rows.upload(Upload.of(UploadStatus.COMPLETING, 1).chunkSize(1000));
    rows.chunks(large, 0, 0, "enqueued_at = " + ago(AN_HOUR));
    rows.chunks(small, 0, 0, "enqueued_at = " + ago(AN_HOUR.dividedBy(2)));
    wait(large, 0, Lane.HEAVY);

    assertThat(reaper.run(StepName.REQUEUE).count(Repair.LOST_PART)).isOne();

    assertThat(reaper.jobs().in(Lane.LIGHT))
        .singleElement()
        .extracting("job")
        .isEqualTo(new Job.StorePart(small, 0, null, Lane.LIGHT));
    assertThat(reaper.jobs().partsOf(large)).containsExactly(0);
  }

  /// The topic goes with everything in it. The lane then has no job waiting, so that everything that was
  /// enqueued before this moment is lost.
  @Test
  void afterTheTopicWasDeletedEveryJobIsThereAgain() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 2, "enqueued_at = " + ago(Duration.ofSeconds(1)));
    for (int part = 0; part < 3; part++) {
      wait(upload, part, Lane.HEAVY);
    }
    String topic = reaper.topics().of(Lane.HEAVY);
    reaper.clients().admin().deleteTopics(List.of(topic)).all().get();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            reaper.bean(QueueBacklog.class).read(Lane.HEAVY)
                    instanceof LaneBacklog.Known(long records, var oldest)
                && records == 0
                && reaper.clients().admin().listTopics().names().get().contains(topic));
    rows.set(upload, 0, 2, "enqueued_at = " + ago(Duration.ofSeconds(25)));

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          reaper.run(StepName.REQUEUE);
          rows.set(upload, 0, 2, "enqueued_at = enqueued_at - interval '25 seconds'");
          assertThat(reaper.jobs().partsOf(upload)).contains(0, 1, 2);
        });
  }

  @Test
  void aKafkaThatDoesNotAnswerLetsNothingCountAsLost() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunks(upload, 0, 2, "enqueued_at = " + ago(AN_HOUR));
    List<ChunkRow> before = rows.chunkRows(upload);

    try (ReaperFixture cutOff =
        reaper.another("sluice.kafka.bootstrap-servers=" + ReaperFixture.AWAY)) {
      assertThat(cutOff.run(StepName.REQUEUE).counts()).isEmpty();
    }
    assertThat(rows.chunkRows(upload)).isEqualTo(before);

    // And once it answers again:
    reaper.run(StepName.REQUEUE);
    assertThat(reaper.jobs().partsOf(upload)).containsExactlyInAnyOrder(0, 1, 2);
  }

  private void wait(UUID upload, int part, Lane lane) {
    assertThat(
            reaper
                .queue()
                .enqueue(
                    new Job.StorePart(upload, part, null, lane), rows.enqueuedAt(upload, part)))
        .isEqualTo(EnqueueResult.ENQUEUED);
  }
}
