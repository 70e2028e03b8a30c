package io.sluice.worker.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.worker.scale.AimdLimit.Turn;
import io.sluice.worker.scale.PutSamples.Window;
import org.junit.jupiter.api.Test;

class AimdLimitTest {

  private static final Window NOTHING = Window.EMPTY;

  private final AimdLimit limit = new AimdLimit(4, 32, 0.8, 0.2);

  @Test
  void beginsWithTheLeast() {
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void aBusyWorkerGetsMoreAsLongAsTheStoreKeepsUp() {
    assertThat(busy(fast(100))).isEqualTo(Turn.UP);
    assertThat(limit.limit()).isEqualTo(5);
  }

  @Test
  void neverPassesTheMost() {
    growTo(32);

    assertThat(busy(fast(100))).isEqualTo(Turn.STAY);
    assertThat(limit.limit()).isEqualTo(32);
  }

  @Test
  void doesNotGrowWhileItMayNotOrWhileSlotsAreFree() {
    assertThat(limit.decide(fast(100), 4, false)).isEqualTo(Turn.STAY);
    assertThat(limit.decide(fast(100), 3, true)).isEqualTo(Turn.STAY);
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void aStoreThatFailsMoreThanTwoInAHundredCostsAThird() {
    growTo(20);

    assertThat(busy(new Window(98, 2, 98_000_000))).isNotEqualTo(Turn.DOWN);
    int before = limit.limit();
    assertThat(busy(new Window(97, 3, 97_000_000))).isEqualTo(Turn.DOWN);
    assertThat(limit.limit()).isEqualTo((int) (before * 0.7));
  }

  @Test
  void aStoreThatBecomesSlowCostsATenth() {
    growTo(20);

    assertThat(busy(window(100, 2_000_000))).isEqualTo(Turn.DOWN);
    assertThat(limit.limit()).isEqualTo(18);
  }

  @Test
  void aStoreThatStaysSlowIsTheNewMeasureInTime() {
    growTo(20);
    int downs = 0;
    for (int i = 0; i < 100; i++) {
      downs += busy(window(100, 2_000_000)) == Turn.DOWN ? 1 : 0;
    }

    assertThat(downs).isBetween(1, 50);
    assertThat(limit.limit()).as("grown back").isEqualTo(32);
  }

  @Test
  void neverFallsBelowTheLeast() {
    assertThat(busy(new Window(0, 100, 0))).isEqualTo(Turn.STAY);
    assertThat(limit.limit()).isEqualTo(4);
  }

  /// It began the cooldown once: a worker that had been idle took no more jobs for a quarter of a minute
  /// after work had come.
  @Test
  void fewerForLackOfWorkIsNotFewerForTheStoresSake() {
    growTo(20);

    assertThat(limit.decide(NOTHING, 0, true)).isEqualTo(Turn.UNUSED);
    assertThat(limit.limit()).isEqualTo(19);
    assertThat(limit.decide(fast(9), 3, true)).as("too few to judge").isEqualTo(Turn.UNUSED);
    assertThat(limit.decide(NOTHING, 10, true)).as("slow jobs in hand").isEqualTo(Turn.STAY);
    assertThat(limit.limit()).isEqualTo(18);
  }

  @Test
  void anIdleWorkerAtTheLeastStaysThere() {
    assertThat(limit.decide(NOTHING, 0, true)).isEqualTo(Turn.STAY);
    assertThat(limit.limit()).isEqualTo(4);
  }

  private void growTo(int wanted) {
    while (limit.limit() < wanted) {
      assertThat(busy(fast(100))).isEqualTo(Turn.UP);
    }
  }

  private Turn busy(Window window) {
    return limit.decide(window, limit.limit(), true);
  }

  private static Window fast(int puts) {
    return window(puts, 1_000_000);
  }

  private static Window window(int puts, long nanosEach) {
    return new Window(puts, 0, puts * nanosEach);
  }
}
