package io.sluice.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ChunkPlanTest {

  private static final long MIB = 1L << 20;

  @Test
  void anEmptyFileHasNoChunksAndNoParts() {
    ChunkPlan plan = ChunkPlan.of(0, 5 * MIB, PartLimits.S3);

    assertThat(plan.totalChunks()).isZero();
    assertThat(plan.totalParts()).isZero();
  }

  @Test
  void theWantedChunkSizeIsKeptWhileItMakesNoMoreThanAHundredThousandChunks() {
    assertThat(ChunkPlan.of(100_000, 1, PartLimits.NONE).chunkSizeBytes()).isEqualTo(1);
    assertThat(ChunkPlan.of(100_001, 1, PartLimits.NONE).chunkSizeBytes()).isEqualTo(2);
  }

  @Test
  void theLastChunkIsWhatIsLeft() {
    ChunkPlan plan = ChunkPlan.of(11, 5, PartLimits.NONE);

    assertThat(plan.chunkLengthBytes(0)).isEqualTo(5);
    assertThat(plan.chunkLengthBytes(2)).isEqualTo(1);
    assertThatThrownBy(() -> plan.chunkLengthBytes(3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> plan.chunkLengthBytes(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLocalStoreKeepsEachChunkAsAPart() {
    assertThat(ChunkPlan.of(100 * MIB, MIB, PartLimits.NONE).totalParts()).isEqualTo(100);
  }

  @Test
  void smallChunksAreGroupedIntoPartsThatS3Accepts() {
    ChunkPlan plan = ChunkPlan.of(12 * MIB, MIB, PartLimits.S3);

    assertThat(plan.chunksPerPart()).isEqualTo(5);
    assertThat(plan.totalParts()).isEqualTo(3);
    assertThat(plan.firstChunkOf(1)).isEqualTo(5);
    assertThat(plan.lastChunkOf(1)).isEqualTo(9);
    assertThat(plan.lastChunkOf(2)).isEqualTo(11);
  }

  @Test
  void everyPlanCoversItsFileExactlyAndKeepsTheStoresLimits() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int round = 0; round < 2_000; round++) {
      long fileSize = random.nextLong(1, 5L << 40);
      long chunkSize = random.nextLong(1, 64 * MIB);
      ChunkPlan plan = ChunkPlan.of(fileSize, chunkSize, PartLimits.S3);
      String what = "%d bytes wanted in %d: %s".formatted(fileSize, chunkSize, plan);

      int last = plan.totalChunks() - 1;
      assertThat(plan.totalChunks()).as(what).isLessThanOrEqualTo(ChunkPlan.MAX_CHUNKS);
      assertThat(plan.offsetOf(last) + plan.chunkLengthBytes(last)).as(what).isEqualTo(fileSize);
      assertThat(plan.totalParts()).as(what).isLessThanOrEqualTo(10_000);
      assertThat(plan.lastChunkOf(plan.totalParts() - 1)).as(what).isEqualTo(last);
      if (plan.totalParts() > 1) {
        long partSize = plan.chunksPerPart() * plan.chunkSizeBytes();
        assertThat(partSize).as(what).isBetween(5 * MIB, ChunkPlan.MAX_CHUNK_SIZE_BYTES);
      }
    }
  }

  @Test
  void aPlanThatDoesNotAddUpIsRefused() {
    assertThatThrownBy(() -> new ChunkPlan(10, 5, 3, 1)).hasMessageContaining("3 chunks");
  }
}
