package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PatienceTest {

  @Test
  void everyWaitWithoutALimitOfItsOwnHasAMinuteAndAHalf() {
    AtomicReference<Duration> limit = new AtomicReference<>();

    await()
        .conditionEvaluationListener(
            condition -> limit.set(Duration.ofMillis(condition.getRemainingTimeInMS())))
        .until(() -> true);

    assertThat(limit.get()).isBetween(Patience.LIMIT.minusSeconds(10), Patience.LIMIT);
  }
}
