package io.sluice.coordination.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingMinuteTest {

  private static final long START = 600_000;

  private final SlidingMinute minute = new SlidingMinute();

  @Test
  void asManyAsTheLimitPassAndNoMore() {
    for (int i = 0; i < 5; i++) {
      assertThat(minute.tryPass(START + i, 5)).isZero();
    }
    assertThat(minute.tryPass(START + 5, 5)).isPositive();
  }

  @Test
  void noBurstPassesAtTheTurnOfAMinute() {
    long justBefore = START + 59_999;
    for (int i = 0; i < 10; i++) {
      assertThat(minute.tryPass(justBefore, 10)).isZero();
    }
    assertThat(minute.tryPass(START + 60_000, 10)).isPositive();
    assertThat(minute.tryPass(START + 60_000 + 30_000, 10)).isZero();
  }

  @Test
  void whoWaitsAsLongAsToldPasses() {
    long now = START;
    for (int round = 0; round < 500; round++) {
      long wait = minute.tryPass(now, 7);
      if (wait > 0) {
        assertThat(minute.tryPass(now + wait - 1, 7)).as("a moment too early").isPositive();
        now += wait;
        assertThat(minute.tryPass(now, 7)).as("after waiting").isZero();
      }
      now += round % 13;
    }
  }

  @Test
  void aSteadyCallerGetsItsRate() {
    int passed = 0;
    for (long now = START; now < START + 600_000; now += 500) {
      if (minute.tryPass(now, 60) == 0) {
        passed++;
      }
    }
    assertThat(passed).isBetween(580, 660);
  }

  @Test
  void afterAQuietTimeItIsAsNew() {
    assertThat(minute.tryPass(START, 1)).isZero();
    assertThat(minute.idle(START + 60_000)).isFalse();
    assertThat(minute.idle(START + 120_000)).isTrue();
    assertThat(minute.tryPass(START + 120_000, 1)).isZero();
  }
}
