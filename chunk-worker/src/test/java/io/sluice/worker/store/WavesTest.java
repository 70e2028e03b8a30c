package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job.StorePart;
import io.sluice.model.job.Lane;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.worker.upload.WorkUpload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WavesTest {

  private final List<PartTask> batch = new ArrayList<>();

  @Test
  void aBatchOfSmallFilesIsOneWave() {
    for (int i = 0; i < 500; i++) {
      add(UUID.randomUUID(), 0, 1);
    }

    assertThat(Waves.of(batch)).containsExactly(batch);
    assertThat(Waves.rowsOf(batch)).isEqualTo(500);
  }

  @Test
  void noWaveHasMoreChunksThanItsBoundUnlessTheyAreOfOnePart() {
    add(UUID.randomUUID(), 0, 1_500);
    add(UUID.randomUUID(), 0, 500);
    add(UUID.randomUUID(), 0, 1);
    add(UUID.randomUUID(), 0, 100_000);
    add(UUID.randomUUID(), 0, 2_000);
    add(UUID.randomUUID(), 0, 0);

    assertThat(positions()).containsExactly(List.of(0, 1), List.of(2), List.of(3), List.of(4, 5));
  }

  @Test
  void theSamePartTwiceIsNeverInOneWave() {
    UUID upload = UUID.randomUUID();
    add(upload, 0, 1);
    add(upload, 1, 1);
    add(upload, 0, 1);
    add(upload, 0, 1);
    add(UUID.randomUUID(), 0, 1);

    assertThat(positions()).containsExactly(List.of(0, 1), List.of(2), List.of(3, 4));
  }

  @Test
  void jobsWithoutAnUploadTakeNoRoom() {
    StorePart job = new StorePart(UUID.randomUUID(), 0, null, Lane.LIGHT);
    add(new PartPlace(job, null, null));

    assertThat(Waves.of(batch)).hasSize(1);
    assertThat(Waves.rowsOf(batch)).isZero();
  }

  @Test
  void anEmptyBatchHasNoWaves() {
    assertThat(Waves.of(batch)).isEmpty();
  }

  private List<List<Integer>> positions() {
    return Waves.of(batch).stream()
        .map(wave -> wave.stream().map(PartTask::position).toList())
        .toList();
  }

  /// @param rows chunks of the part; 0 for one that does not exist
  private void add(UUID uploadId, int part, int rows) {
    @Nullable ChunkPlan plan = rows == 0 ? null : new ChunkPlan(2L * rows, 1, 2 * rows, rows);
    add(new PartPlace(new StorePart(uploadId, part, null, Lane.LIGHT), upload(uploadId), plan));
  }

  private void add(PartPlace place) {
    batch.add(
        new PartTask(batch.size(), new DeliveredJob(place.job(), Instant.EPOCH, 1, 0), place));
  }

  private static WorkUpload upload(UUID id) {
    return new WorkUpload(
        id,
        UploadStatus.IN_PROGRESS,
        UploadOrigin.CHUNKED,
        null,
        1,
        null,
        1,
        "text/plain",
        null,
        null,
        "key",
        null,
        0,
        0,
        null,
        false,
        Instant.EPOCH);
  }
}
