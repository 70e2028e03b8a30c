package io.sluice.queue.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.LaneFlow.Look;
import io.sluice.queue.slot.SlotName;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneFlowTest {

  private static final LaneMembers TWO_WORKERS = new LaneMembers(2, 20);
  private static final WorkerDemand WITHIN_A_MINUTE = new WorkerDemand(60, 1);

  @Test
  void speedsAreWhatHappenedBetweenTheLooks() {
    LaneFlow flow = LaneFlow.of(List.of(look(0, 100, 40), look(5, 150, 50), look(10, 200, 60)));

    assertThat(flow).isEqualTo(new LaneFlow(60, 50, 10, 8, TWO_WORKERS));
    assertThat(flow.drainSeconds()).hasValue(7.5);
  }

  @Test
  void whatDoesNotMoveNeverDrainsButNothingDoesAtOnce() {
    assertThat(LaneFlow.of(List.of(look(0, 9, 9), look(5, 9, 9))).drainSeconds()).isEmpty();
    assertThat(LaneFlow.of(List.of(look(0, 9, 0))).drainSeconds()).hasValue(0);
  }

  @Test
  void aMinuteIsRememberedAndNoMore() {
    LaneWatch watch = new LaneWatch(Lane.HEAVY, WITHIN_A_MINUTE);
    watch.remember(look(0, 1_000, 0));
    watch.remember(look(30, 1_000, 0));
    watch.remember(look(90, 1_060, 0));

    assertThat(watch.flow())
        .hasValueSatisfying(flow -> {
          assertThat(flow.arrivalsPerSecond()).isEqualTo(1);
          assertThat(flow.donePerSecond()).isEqualTo(1);
        });
  }

  @Test
  void aTopicThatWasMadeAnewBeginsAnew() {
    LaneWatch watch = new LaneWatch(Lane.HEAVY, WITHIN_A_MINUTE);
    watch.remember(look(0, 1_000, 10));
    watch.remember(look(5, 3, 3));

    assertThat(watch.flow()).hasValue(new LaneFlow(3, 3, 0, 0, TWO_WORKERS));
  }

  @Test
  void aBacklogOnBusyWorkersCallsForMoreButForNoMoreThanTwiceAsMany() {
    // All 20 slots busy, 10 jobs a second come and go, and 300 wait: 15 a second are wanted.
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(300, 300, 10, 10, TWO_WORKERS))).isEqualTo(4);
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(90_000, 90_000, 10, 10, TWO_WORKERS)))
        .isEqualTo(4);
    // Half as much is wanted of them as they do.
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(30, 30, 4.5, 10, TWO_WORKERS))).isEqualTo(2);
  }

  @Test
  void workersWithLittleToDoCanBeFewer() {
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(2, 2, 10, 10, new LaneMembers(8, 80))))
        .isEqualTo(1);
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(32, 32, 10, 10, new LaneMembers(8, 80))))
        .isEqualTo(5);
  }

  /// A slot of the light lane holds many jobs, so the same number of them keeps fewer slots busy.
  @Test
  void jobsThatShareASlotKeepItLessBusy() {
    LaneFlow flow = new LaneFlow(0, 20, 10, 10, TWO_WORKERS);

    assertThat(WITHIN_A_MINUTE.workers(flow)).isEqualTo(3);
    assertThat(new WorkerDemand(60, 100).workers(flow)).isEqualTo(1);
  }

  @Test
  void whereNothingMovesMoreWorkersAreNoHelp() {
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(500, 500, 10, 0, TWO_WORKERS))).isEqualTo(2);
    assertThat(WITHIN_A_MINUTE.workers(new LaneFlow(500, 500, 10, 0, LaneMembers.NONE)))
        .isEqualTo(1);
  }

  @Test
  void workersAreCountedByTheSlotsTheyAllHave() {
    assertThat(LaneMembers.of(List.of())).isEqualTo(LaneMembers.NONE);
    assertThat(
            LaneMembers.of(
                List.of(
                    "sluice-heavy-slot-0-of-16-k2f9",
                    "sluice-heavy-slot-15-of-16-k2f9",
                    "a-worker-heavy-slot-3-of-8-99a",
                    "somebody-else",
                    "sluice-heavy-slot-1")))
        .isEqualTo(new LaneMembers(2, 24));
    assertThat(SlotName.endOf(new SlotName(Lane.LIGHT, 1, 2, "k2f9").toString()))
        .contains(new SlotName(Lane.LIGHT, 1, 2, "k2f9"));
  }

  private static Look look(long second, long everEnqueued, long records) {
    return new Look(new LaneCount(everEnqueued, records), TWO_WORKERS, second * 1_000_000_000L);
  }
}
