package io.sluice.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Test
  void theBoundDoublesUntilItIsTheLongest() {
    BackOff most = new BackOff(() -> 1.0);

    assertThat(most.after(1, FIRST, LONGEST)).isEqualTo(Duration.ofSeconds(1));
    assertThat(most.after(2, FIRST, LONGEST)).isEqualTo(Duration.ofSeconds(2));
    assertThat(most.after(6, FIRST, LONGEST)).isEqualTo(Duration.ofSeconds(32));
    assertThat(most.after(7, FIRST, LONGEST)).isEqualTo(LONGEST);
    assertThat(most.after(Integer.MAX_VALUE, FIRST, LONGEST)).isEqualTo(LONGEST);
  }

  /// Jobs that failed together must not come back together: any wait up to the bound is as likely.
  @Test
  void theWaitIsAnythingBetweenNothingAndTheBound() {
    Random random = new Random(7);
    BackOff backOff = new BackOff(random::nextDouble);
    int[] quarters = new int[4];
    for (int i = 0; i < 4_000; i++) {
      Duration wait = backOff.after(3, FIRST, LONGEST);
      assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(4));
      quarters[(int) wait.toSeconds()]++;
    }

    assertThat(Arrays.stream(quarters)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void aFirstFailureThatWasNotCountedWaitsLikeTheFirst() {
    BackOff most = new BackOff(() -> 1.0);

    assertThat(most.after(0, FIRST, LONGEST)).isEqualTo(FIRST);
    assertThat(most.after(5, Duration.ZERO, LONGEST)).isZero();
  }
}
