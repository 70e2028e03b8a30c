package io.sluice.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.Judgement;
import org.junit.jupiter.api.Test;

class ChunkTransitionsTest {

  @Test
  void aRedeliveredJobThatFindsStagingEmptyNeverDamagesAStoredChunk() {
    assertThat(ChunkTransitions.judge(ChunkStatus.STORED, ChunkEvent.DAMAGE))
        .isEqualTo(new Judgement.Done<>());
  }

  @Test
  void aDamagedChunkIsPutRightByItsClientAndByTheReturnOfItsBytes() {
    assertThat(ChunkTransitions.judge(ChunkStatus.DAMAGED, ChunkEvent.STAGE))
        .isEqualTo(new Judgement.Move<>(ChunkStatus.STAGED));
    assertThat(ChunkTransitions.judge(ChunkStatus.DAMAGED, ChunkEvent.STORE))
        .isEqualTo(new Judgement.Move<>(ChunkStatus.STORED));
  }

  @Test
  void noStoreLosesWhatItNeverHad() {
    assertThat(ChunkTransitions.judge(ChunkStatus.STAGED, ChunkEvent.LOSE))
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
