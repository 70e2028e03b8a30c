package io.sluice.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.Judgement;
import org.junit.jupiter.api.Test;

class ChunkTransitionsTest {

  @Test
  void aRedeliveredJobThatFindsStagingEmptyNeverFailsAStoredChunk() {
    assertThat(ChunkTransitions.judge(ChunkStatus.STORED, ChunkEvent.FAIL))
        .isEqualTo(new Judgement.Done<>());
  }

  @Test
  void aFailedChunkMayBeSentAgainButNotStored() {
    assertThat(ChunkTransitions.judge(ChunkStatus.FAILED, ChunkEvent.STAGE))
        .isEqualTo(new Judgement.Move<>(ChunkStatus.STAGED));
    assertThat(ChunkTransitions.judge(ChunkStatus.FAILED, ChunkEvent.STORE))
        .isEqualTo(new Judgement.Refuse<>());
  }

  @Test
  void everyEventTwiceIsTheSameAsOnce() {
    for (ChunkTransitions.Transition step : ChunkTransitions.TABLE) {
      assertThat(ChunkTransitions.judge(step.to(), step.event()))
          .as("%s again in %s", step.event(), step.to())
          .isEqualTo(new Judgement.Done<>());
    }
  }
}
