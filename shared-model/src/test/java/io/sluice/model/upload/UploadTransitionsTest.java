package io.sluice.model.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadTransitions.Transition;
import org.junit.jupiter.api.Test;

class UploadTransitionsTest {

  @Test
  void everyEventTwiceIsTheSameAsOnce() {
    for (Transition step : UploadTransitions.TABLE) {
      assertThat(UploadTransitions.judge(step.to(), step.event()))
          .as("%s again in %s", step.event(), step.to())
          .isEqualTo(new Judgement.Done<>());
    }
  }

  @Test
  void anEventOfTheWayThereIsDoneInEveryLaterState() {
    assertThat(UploadTransitions.judge(UploadStatus.COMPLETED, UploadEvent.COMPLETE))
        .isEqualTo(new Judgement.Done<>());
    assertThat(UploadTransitions.judge(UploadStatus.DELETED, UploadEvent.FINALIZE))
        .isEqualTo(new Judgement.Done<>());
    assertThat(UploadTransitions.judge(UploadStatus.COMPLETING, UploadEvent.FIRST_CHUNK))
        .isEqualTo(new Judgement.Done<>());
  }

  @Test
  void ofAbortAndCompleteExactlyOneWins() {
    assertThat(UploadTransitions.judge(UploadStatus.COMPLETING, UploadEvent.ABORT))
        .isEqualTo(new Judgement.Refuse<>());
    assertThat(UploadTransitions.judge(UploadStatus.ABORTED, UploadEvent.COMPLETE))
        .isEqualTo(new Judgement.Refuse<>());
  }

  @Test
  void nothingLeavesFailedAbortedOrDeleted() {
    for (Transition step : UploadTransitions.TABLE) {
      assertThat(step.from())
          .isNotIn(UploadStatus.FAILED, UploadStatus.ABORTED, UploadStatus.DELETED);
    }
  }

  @Test
  void everyStateCanBeReached() {
    for (UploadStatus status : UploadStatus.values()) {
      boolean reached =
          UploadTransitions.BIRTH.contains(status)
              || UploadTransitions.TABLE.stream().anyMatch(step -> step.to() == status);
      assertThat(reached).as(status.name()).isTrue();
    }
  }
}
