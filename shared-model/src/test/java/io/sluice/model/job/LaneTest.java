package io.sluice.model.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.PartLimits;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final int MEBIBYTE = 1 << 20;

  @Test
  void aSmallFileOfOnePartIsLight() {
    assertThat(Lane.ofParts(ChunkPlan.of(MEBIBYTE, MEBIBYTE, PartLimits.NONE)))
        .isEqualTo(Lane.LIGHT);
    assertThat(Lane.ofParts(ChunkPlan.of(MEBIBYTE, MEBIBYTE / 4, PartLimits.S3)))
        .isEqualTo(Lane.LIGHT);
    assertThat(Lane.ofParts(ChunkPlan.of(0, MEBIBYTE, PartLimits.NONE))).isEqualTo(Lane.LIGHT);
  }

  @Test
  void aLargeFileIsHeavyEvenInOnePart() {
    assertThat(Lane.ofParts(ChunkPlan.of(MEBIBYTE + 1, 8 * MEBIBYTE, PartLimits.S3)))
        .isEqualTo(Lane.HEAVY);
  }

  @Test
  void aSmallFileOfManyPartsIsHeavySoThatItCannotFloodTheLightLane() {
    assertThat(Lane.ofParts(ChunkPlan.of(1000, 1, PartLimits.NONE))).isEqualTo(Lane.HEAVY);
  }
}
